package org.seawall.core.directory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.seawall.LogUnavailableException;
import org.seawall.spi.filesystem.Capability;
import org.seawall.spi.filesystem.FileInfo;
import org.seawall.spi.filesystem.FileInput;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;

/**
 * The file {@code wal.copied} in a directory that a log was copied to: a line for each log of the copy, its id and where it
 * ended. By it the next copy tells whether somebody wrote to the target. While a copy is made it has no line, and the
 * directory is not opened.
 */
public final class CopyMark {
    static final String NAME = "wal.copied";

    private static final int MAX_BYTES = 1 << 26;

    private final FileSystem files;
    private final Location file;

    /**
     * The mark of a directory.
     *
     * @param files where it is
     * @param root the directory
     */
    public CopyMark(FileSystem files, Location root) {
        this.files = files;
        this.file = root.child(NAME);
    }

    /**
     * Where the logs of the copy ended.
     *
     * @return by id; none while the copy is not finished; empty if there is no mark
     * @throws IOException if it cannot be read, or is none
     */
    public Optional<Map<String, String>> read() throws IOException {
        if (files.find(file).isEmpty()) {
            return Optional.empty();
        }
        Map<String, String> ends = new TreeMap<>();
        for (String line : text().split("\n")) {
            int space = line.indexOf(' ');
            if (space > 0) {
                ends.put(line.substring(0, space), line.substring(space + 1));
            } else if (!line.isEmpty()) {
                throw new IOException("mark of a copy is not readable, file=" + file);
            }
        }
        return Optional.of(ends);
    }

    private String text() throws IOException {
        try (FileInput input = files.open(file)) {
            if (input.size() > MAX_BYTES) {
                throw new IOException("mark of a copy is too long, bytes=" + input.size() + ", file=" + file);
            }
            byte[] text = new byte[(int) input.size()];
            input.read(0, ByteBuffer.wrap(text));
            return new String(text, StandardCharsets.UTF_8);
        }
    }

    /**
     * Says where the logs of a copy end, durably.
     *
     * @param ends by id; none when a copy begins
     * @throws IOException if the storage fails
     */
    public void write(Map<String, String> ends) throws IOException {
        StringBuilder text = new StringBuilder();
        ends.forEach((id, end) -> text.append(id).append(' ').append(end).append('\n'));
        ByteBuffer content = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8));
        if (files.capabilities().contains(Capability.CONDITIONAL_REPLACE)) {
            files.replace(file, List.of(content), files.find(file).map(FileInfo::version));
        } else {
            files.delete(file);
            files.create(file, List.of(content));
        }
    }

    /** Refuses a directory in which a copy was not finished. */
    void requireFinished() throws IOException {
        if (read().filter(Map::isEmpty).isPresent()) {
            throw new LogUnavailableException(
                    "copy of a log is not finished, make it again or remove the directory, file=" + file);
        }
    }
}
