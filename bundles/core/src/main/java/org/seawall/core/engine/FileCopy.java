package org.seawall.core.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.seawall.spi.filesystem.AppendFile;
import org.seawall.spi.filesystem.Capability;
import org.seawall.spi.filesystem.FileInfo;
import org.seawall.spi.filesystem.FileInput;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;

/**
 * Copies files byte for byte, from one file system to another or the same. A copy is there whole and durable, or not at all:
 * where the file system can, it grows under another name first.
 *
 * @param from reads
 * @param to writes
 */
public record FileCopy(FileSystem from, FileSystem to) {
    /** What is as small is held in memory as a whole. */
    static final int CHUNK_BYTES = 1 << 20;

    private static final String UNFINISHED = ".copying";

    /**
     * Copies the begin of a file. One that is there and equal is kept, any other is replaced.
     *
     * @param source the file
     * @param length how many bytes of it
     * @param target where the copy goes
     * @return whether it was there already, and equal
     * @throws IOException if a storage fails
     */
    public boolean copy(Location source, long length, Location target) throws IOException {
        Optional<FileInfo> there = to.find(target);
        if (there.isPresent() && equal(source, length, target)) {
            force(target.parent());
            return true;
        }
        try (FileInput input = from.open(source)) {
            write(piece -> chunk(input, piece, length), length, target, there);
        }
        return false;
    }

    /**
     * Copies a small file, and reads the copy back. The source is asked once, as long as nothing is in the way: of many small
     * files on an object store each request is most of what there is to wait for.
     *
     * @param source the file, as it was listed, with as many bytes as are copied
     * @param target where the copy goes
     * @throws IOException if a storage fails, or the copy is not equal
     */
    void copySmall(FileInfo source, Location target) throws IOException {
        Optional<FileInfo> there = to.find(target);
        List<ByteBuffer> content;
        try (FileInput input = from.open(source)) {
            content = chunks(input, source.size());
        }
        if (there.isPresent() && holds(target, content)) {
            force(target.parent());
            return;
        }
        write(piece -> content.get((int) (piece / CHUNK_BYTES)).duplicate(), source.size(), target, there);
        if (!holds(target, content)) {
            throw notEqual(source.location(), target);
        }
    }

    private boolean holds(Location target, List<ByteBuffer> content) throws IOException {
        long length = content.stream().mapToLong(ByteBuffer::remaining).sum();
        try (FileInput input = to.open(target)) {
            return input.size() == length && chunks(input, length).equals(content);
        }
    }

    static IOException notEqual(Location source, Location target) {
        return new IOException("copy is not what was copied, file=" + target + ", from=" + source);
    }

    /** The bytes of a file from one place to the end of a chunk. */
    private interface Pieces {
        ByteBuffer from(long offset) throws IOException;
    }

    private void write(Pieces pieces, long length, Location target, Optional<FileInfo> there) throws IOException {
        if (grows()) {
            if (there.isPresent()) {
                to.delete(target);
            }
            grow(pieces, length, target);
            return;
        }
        List<ByteBuffer> content = new ArrayList<>();
        for (long at = 0; at < length; at += CHUNK_BYTES) {
            content.add(pieces.from(at));
        }
        put(content, target, there);
    }

    private boolean grows() {
        return to.capabilities().contains(Capability.APPEND)
                && to.capabilities().contains(Capability.ATOMIC_RENAME);
    }

    /** In one step where that is possible: a deletion that is late, on its way to an object store, would delete what came behind it. */
    private void put(List<ByteBuffer> content, Location target, Optional<FileInfo> there) throws IOException {
        if (there.isPresent() && to.capabilities().contains(Capability.CONDITIONAL_REPLACE)) {
            to.replace(target, content, there.map(FileInfo::version));
            return;
        }
        if (there.isPresent()) {
            to.delete(target);
        }
        to.create(target, content);
    }

    /**
     * Whether a file holds exactly the begin of another.
     *
     * @param source the other
     * @param length how many bytes of it
     * @param target the file
     * @return true if every byte is the same
     * @throws IOException if a storage fails
     */
    public boolean equal(Location source, long length, Location target) throws IOException {
        try (FileInput one = from.open(source);
                FileInput other = to.open(target)) {
            if (other.size() != length) {
                return false;
            }
            for (long at = 0; at < length; at += CHUNK_BYTES) {
                if (!chunk(one, at, length).equals(chunk(other, at, length))) {
                    return false;
                }
            }
            return true;
        }
    }

    /** Makes the names in a directory of the target durable. */
    void force(Location directory) throws IOException {
        if (to.capabilities().contains(Capability.FORCE) && to.find(directory).isPresent()) {
            to.forceDirectory(directory);
        }
    }

    /**
     * Deletes a file of the target, durably.
     *
     * @param file the file
     * @throws IOException if the storage fails
     */
    public void delete(Location file) throws IOException {
        to.delete(file);
        force(file.parent());
    }

    private void grow(Pieces pieces, long length, Location target) throws IOException {
        Location unfinished = target.parent().child(target.name() + UNFINISHED);
        to.delete(unfinished);
        AppendFile file = to.createAppendable(unfinished);
        try (file) {
            for (long at = 0; at < length; at += CHUNK_BYTES) {
                file.write(pieces.from(at));
            }
            file.truncate(length);
            file.force();
        }
        to.rename(unfinished, target);
        force(target.parent());
    }

    /** The begin of a file, in pieces. */
    static List<ByteBuffer> chunks(FileInput input, long length) throws IOException {
        List<ByteBuffer> chunks = new ArrayList<>();
        for (long at = 0; at < length; at += CHUNK_BYTES) {
            chunks.add(chunk(input, at, length));
        }
        return chunks;
    }

    private static ByteBuffer chunk(FileInput input, long at, long length) throws IOException {
        ByteBuffer chunk = ByteBuffer.allocate((int) Math.min(CHUNK_BYTES, length - at));
        input.read(at, chunk);
        return chunk.flip();
    }
}
