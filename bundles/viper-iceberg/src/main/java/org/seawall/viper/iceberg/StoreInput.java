package org.seawall.viper.iceberg;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.exceptions.RuntimeIOException;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.SeekableInputStream;
import org.seawall.spi.filesystem.FileInfo;
import org.seawall.spi.filesystem.FileInput;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;

/** A file that Iceberg reads: looked up when it is asked for, and read in windows. */
final class StoreInput implements InputFile {
    private static final int WINDOW_BYTES = 1 << 20;

    private final FileSystem files;
    private final Location file;

    StoreInput(FileSystem files, Location file) {
        this.files = files;
        this.file = file;
    }

    @Override
    public long getLength() {
        return find().map(FileInfo::size)
                .orElseThrow(() -> new NotFoundException("file that a table needs is not there, file=%s", file));
    }

    @Override
    public SeekableInputStream newStream() {
        try {
            return new Windows(files.open(file));
        } catch (NoSuchFileException | FileNotFoundException e) {
            throw new NotFoundException(e, "file that a table needs is not there, file=%s", file);
        } catch (IOException e) {
            throw new RuntimeIOException(e, "file not opened, file=%s", file);
        }
    }

    @Override
    public String location() {
        return file.toString();
    }

    @Override
    public boolean exists() {
        return find().isPresent();
    }

    private Optional<FileInfo> find() {
        try {
            return files.find(file);
        } catch (IOException e) {
            throw new RuntimeIOException(e, "file not looked up, file=%s", file);
        }
    }

    /** For one thread. */
    private static final class Windows extends SeekableInputStream {
        private final FileInput input;
        private ByteBuffer window = ByteBuffer.allocate(0);
        private long windowAt;

        Windows(FileInput input) {
            this.input = input;
        }

        @Override
        public long getPos() {
            return windowAt + window.position();
        }

        @Override
        public void seek(long position) {
            if (position >= windowAt && position <= windowAt + window.limit()) {
                window.position((int) (position - windowAt));
            } else {
                windowAt = position;
                window = ByteBuffer.allocate(0);
            }
        }

        @Override
        public int read() throws IOException {
            return fill() ? window.get() & 0xff : -1;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (!fill()) {
                return -1;
            }
            int count = Math.min(length, window.remaining());
            window.get(target, offset, count);
            return count;
        }

        /** Whether there is a byte at the position. */
        private boolean fill() throws IOException {
            if (window.hasRemaining()) {
                return true;
            }
            long at = getPos();
            if (at >= input.size()) {
                return false;
            }
            ByteBuffer next = ByteBuffer.allocate((int) Math.min(WINDOW_BYTES, input.size() - at));
            input.read(at, next);
            window = next.flip();
            windowAt = at;
            return true;
        }

        @Override
        public void close() throws IOException {
            input.close();
        }
    }
}
