package org.seawall.testkit;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.seawall.spi.filesystem.FileInput;
import org.seawall.spi.filesystem.Location;

/** A file that is read as long as the process lives. */
record FaultyInput(FaultyFileSystem files, FileInput input) implements FileInput {
    @Override
    public Location location() {
        return input.location();
    }

    @Override
    public long size() {
        return input.size();
    }

    @Override
    public void read(long offset, ByteBuffer target) throws IOException {
        files.read("read " + location().name(), () -> {
            input.read(offset, target);
            return target;
        });
    }

    @Override
    public void close() throws IOException {
        files.close(input);
    }
}
