package org.seawall.viper.iceberg;

import java.io.IOException;
import java.util.Map;
import org.apache.iceberg.exceptions.RuntimeIOException;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;

/**
 * Iceberg's files on a file system of the log. A path is a location's text, such as {@code file:/var/lib/viper/x} or {@code s3://bucket/x}. A file
 * that is written is there, durable and whole, when its stream is closed; none is ever replaced. Safe for use by several threads.
 */
final class StoreFileIO implements FileIO {
    private static final long serialVersionUID = 1L;

    private final transient FileSystem files;

    StoreFileIO(FileSystem files) {
        this.files = files;
    }

    @Override
    public InputFile newInputFile(String path) {
        return new StoreInput(files, Location.parse(path));
    }

    @Override
    public OutputFile newOutputFile(String path) {
        return new StoreOutput(files, Location.parse(path));
    }

    @Override
    public void deleteFile(String path) {
        try {
            files.delete(Location.parse(path));
        } catch (IOException e) {
            throw new RuntimeIOException(e, "file not deleted, file=%s", path);
        }
    }

    @Override
    public Map<String, String> properties() {
        return Map.of();
    }

    @Override
    public void initialize(Map<String, String> properties) {
        // the file system has been configured already
    }

    @Override
    public void close() {
        // the file system is not ours
    }
}
