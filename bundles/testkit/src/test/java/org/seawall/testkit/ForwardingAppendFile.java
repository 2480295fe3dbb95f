package org.seawall.testkit;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.seawall.spi.filesystem.AppendFile;
import org.seawall.spi.filesystem.Location;

/** Does what another file that grows does, until a method is overridden. */
class ForwardingAppendFile implements AppendFile {
    final AppendFile grown;

    ForwardingAppendFile(AppendFile grown) {
        this.grown = grown;
    }

    @Override
    public Location location() {
        return grown.location();
    }

    @Override
    public long position() {
        return grown.position();
    }

    @Override
    public void write(ByteBuffer... data) throws IOException {
        grown.write(data);
    }

    @Override
    public void force() throws IOException {
        grown.force();
    }

    @Override
    public void truncate(long length) throws IOException {
        grown.truncate(length);
    }

    @Override
    public void close() throws IOException {
        grown.close();
    }
}
