package org.seawall.core.directory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.seawall.spi.filesystem.Capability;
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

    /**
     * The mark of a directory.
     *
     * @param files where it is
     * @param root the directory
     */
    public StorageMark(FileSystem files, Location root) {
        this.files = files;
        this.file = root.child(NAME);
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

    /** Gives a storage its id, durably; that of another process if one does it at the same moment. */
    String create() throws IOException {
        try {
            return create(UUID.randomUUID().toString());
        } catch (FileAlreadyExistsException e) {
            return read().orElseThrow(() -> e);
        }
    }

    /**
     * Marks a storage that is made as a copy of this one, so that the catalog finds its collections there.
     *
     * @param copy the mark to be; kept if it is the same
     * @throws IOException if the copy carries another id, or the storage fails
     */
    public void copyTo(StorageMark copy) throws IOException {
        Optional<String> id = read();
        Optional<String> there = copy.read();
        if (id.isPresent() && there.isEmpty()) {
            copy.create(id.get());
        } else if (!id.equals(there)) {
            throw new IOException("target is another storage, expected=" + id.orElse("none") + ", actual="
                    + there.orElse("none") + ", file=" + copy.file);
        }
    }

    /** Takes the id away, durably. */
    void delete() throws IOException {
        files.delete(file);
        if (files.capabilities().contains(Capability.FORCE)) {
            files.forceDirectory(file.parent());
        }
    }

    private String create(String id) throws IOException {
        files.create(file, List.of(ByteBuffer.wrap((id + "\n").getBytes(StandardCharsets.UTF_8))));
        return id;
    }
}
