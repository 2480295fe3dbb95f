package org.seawall.viper.iceberg;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.util.List;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.PositionOutputStream;
import org.seawall.OutcomeUnknownException;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;

/** A file that Iceberg writes: in memory until it is closed, and then created whole. Its name is one that nobody else uses. */
final class StoreOutput implements OutputFile {
    private static final int ATTEMPTS = 3;

    private final FileSystem files;
    private final Location file;

    StoreOutput(FileSystem files, Location file) {
        this.files = files;
        this.file = file;
    }

    @Override
    public PositionOutputStream create() {
        return new Whole();
    }

    @Override
    public PositionOutputStream createOrOverwrite() {
        return create();
    }

    @Override
    public String location() {
        return file.toString();
    }

    @Override
    public InputFile toInputFile() {
        return new StoreInput(files, file);
    }

    private void create(byte[] content) throws IOException {
        OutcomeUnknownException unknown = null;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                files.create(file, List.of(ByteBuffer.wrap(content)));
                return;
            } catch (FileAlreadyExistsException e) {
                if (unknown != null) {
                    // nobody else uses the name: it is what an attempt before has created
                    return;
                }
                throw new AlreadyExistsException(e, "file is there already, file=%s", file);
            } catch (OutcomeUnknownException e) {
                unknown = e;
            }
        }
        throw unknown;
    }

    /** For one thread. */
    private final class Whole extends PositionOutputStream {
        private final ByteArrayOutputStream content = new ByteArrayOutputStream();
        private boolean closed;

        @Override
        public long getPos() {
            return content.size();
        }

        @Override
        public void write(int value) {
            content.write(value);
        }

        @Override
        public void write(byte[] source, int offset, int length) {
            content.write(source, offset, length);
        }

        @Override
        public void close() throws IOException {
            if (!closed) {
                closed = true;
                create(content.toByteArray());
            }
        }
    }
}
