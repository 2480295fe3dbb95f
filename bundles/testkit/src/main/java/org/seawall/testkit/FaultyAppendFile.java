package org.seawall.testkit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.seawall.spi.filesystem.AppendFile;
import org.seawall.spi.filesystem.Location;

/** A file that grows as long as the process lives. A failure of any operation poisons it. */
final class FaultyAppendFile implements AppendFile {
    private final FaultyFileSystem files;
    private final AppendFile file;
    private final VolatileFile state;
    private boolean poisoned;

    FaultyAppendFile(FaultyFileSystem files, AppendFile file, VolatileFile state) {
        this.files = files;
        this.file = file;
        this.state = state;
    }

    @Override
    public Location location() {
        return file.location();
    }

    @Override
    public long position() {
        return file.position();
    }

    @Override
    public void write(ByteBuffer... data) throws IOException {
        poisoning(
                "write",
                () -> {
                    file.write(data);
                    return data;
                },
                () -> {
                    file.write(firstHalf(data));
                    return data;
                });
    }

    @Override
    public void force() throws IOException {
        poisoning("force", () -> {
            file.force();
            files.forced(state);
            return state;
        });
    }

    @Override
    public void truncate(long length) throws IOException {
        poisoning("truncate", () -> {
            file.truncate(length);
            return state;
        });
    }

    @Override
    public void close() throws IOException {
        files.close(file);
    }

    private void poisoning(String verb, FaultyFileSystem.Effect<?> effect) throws IOException {
        poisoning(verb, effect, () -> null);
    }

    private void poisoning(String verb, FaultyFileSystem.Effect<?> effect, FaultyFileSystem.Effect<?> part)
            throws IOException {
        if (poisoned) {
            throw new IOException("file is poisoned since an earlier failure, file=" + location());
        }
        poisoned = true;
        files.change(verb + " " + location().name(), effect, part);
        poisoned = false;
    }

    private static ByteBuffer firstHalf(ByteBuffer... data) {
        long all = Arrays.stream(data).mapToLong(ByteBuffer::remaining).sum();
        ByteBuffer half = ByteBuffer.allocate(Math.toIntExact(all / 2));
        for (ByteBuffer buffer : data) {
            ByteBuffer source = buffer.duplicate();
            source.limit(source.position() + Math.min(source.remaining(), half.remaining()));
            half.put(source);
        }
        return half.flip();
    }
}
