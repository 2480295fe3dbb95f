package org.seawall.viper.part;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.seawall.spi.filesystem.AppendFile;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;

/** Through a temporary file: written, cut to its length, forced, renamed, its directory forced. */
final class StreamedOutput extends PartOutput {
    static final String SUFFIX = ".tmp";
    private static final int BUFFER_BYTES = 1 << 18;

    private final FileSystem files;
    private final Location file;
    private final Location temporary;
    private final AppendFile growing;

    StreamedOutput(FileSystem files, Location file) throws IOException {
        super(BUFFER_BYTES);
        this.files = files;
        this.file = file;
        this.temporary = file.parent().child(file.name() + SUFFIX);
        this.growing = files.createAppendable(temporary);
    }

    @Override
    void drain(ByteBuffer bytes) throws IOException {
        growing.write(bytes);
    }

    @Override
    void publish() throws IOException {
        drain();
        // cuts off what the file system reserved behind the end, where readers look for the footer
        growing.truncate(growing.position());
        growing.force();
        growing.close();
        files.rename(temporary, file);
        files.forceDirectory(file.parent());
    }

    @Override
    void release() throws IOException {
        growing.close();
    }
}
