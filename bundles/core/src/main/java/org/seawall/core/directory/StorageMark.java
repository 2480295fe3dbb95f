package org.seawall.core.directory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.seawall.spi.filesystem.FileInput;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;

/**
 * The file {@code wal.storage} in a directory of collections: the id of the storage as a line of text. By it a disk that is
 * not mounted is told from an empty one, and a storage is found again under another URL.
 */
public final class StorageMark {
    static final String NAME = "wal.storage";

    private static final int MAX_BYTES = 100;

    private final FileSystem files;
    private final Location file;

    StorageMark(FileSystem files, Location root) {
        this.files = files;
        this.file = root.child(NAME);
    }

    /**
     * The mark of a directory.
     *
     * @param root the directory
     * @return the file, which may not be there
     */
    public static Location in(Location root) {
        return root.child(NAME);
    }

    /** The id, or empty if there is no mark. */
    Optional<String> read() throws IOException {
        if (files.find(file).isEmpty()) {
            return Optional.empty();
        }
        try (FileInput input = files.open(file)) {
            byte[] text = new byte[(int) Math.min(MAX_BYTES, input.size())];
            input.read(0, ByteBuffer.wrap(text));
            String id = new String(text, StandardCharsets.UTF_8).strip();
            return Optional.of(UUID.fromString(id).toString());
        } catch (IllegalArgumentException e) {
            throw new IOException("mark of a storage is not an id, file=" + file, e);
        }
    }

    /** Gives a storage its id, durably. */
    String create() throws IOException {
        String id = UUID.randomUUID().toString();
        files.create(file, List.of(ByteBuffer.wrap((id + "\n").getBytes(StandardCharsets.UTF_8))));
        return id;
    }
}
