package org.seawall.viper.part;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;

/** In memory until it is created as one object. */
final class CollectedOutput extends PartOutput {
    private static final int BUFFER_BYTES = 1 << 20;

    private final FileSystem files;
    private final Location file;
    private final List<ByteBuffer> content = new ArrayList<>();

    CollectedOutput(FileSystem files, Location file) {
        super(BUFFER_BYTES);
        this.files = files;
        this.file = file;
    }

    @Override
    void drain(ByteBuffer bytes) {
        content.add(ByteBuffer.allocate(bytes.remaining()).put(bytes).flip());
    }

    @Override
    void publish() throws IOException {
        drain();
        files.create(file, content);
        content.clear();
    }

    @Override
    void release() {
        content.clear();
    }
}
