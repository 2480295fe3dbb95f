package org.seawall.core.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.seawall.spi.filesystem.FileInfo;
import org.seawall.spi.filesystem.FileInput;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;
import org.seawall.testkit.MemoryFileSystem;

/**
 * The files of a log at a moment, as bytes. Immutable: a change is another image.
 *
 * @param files by path below the log's directory
 */
record LogImage(Map<String, byte[]> files) {

    static LogImage of(FileSystem storage, Location directory) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        collect(storage, directory, "", files);
        return new LogImage(files);
    }

    private static void collect(FileSystem storage, Location directory, String path, Map<String, byte[]> files)
            throws IOException {
        for (FileInfo info : storage.list(directory)) {
            if (info.directory()) {
                collect(storage, info.location(), path + info.name() + "/", files);
            } else {
                try (FileInput input = storage.open(info.location())) {
                    byte[] bytes = new byte[(int) input.size()];
                    input.read(0, ByteBuffer.wrap(bytes));
                    files.put(path + info.name(), bytes);
                }
            }
        }
    }

    /** Puts the files on a storage of their own. */
    FileSystem on(Location directory) throws IOException {
        MemoryFileSystem storage = MemoryFileSystem.disk();
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Location location = directory;
            for (String name : file.getKey().split("/")) {
                location = location.child(name);
            }
            storage.create(location, List.of(ByteBuffer.wrap(file.getValue())));
        }
        return storage;
    }

    byte[] file(String path) {
        byte[] bytes = files.get(path);
        if (bytes == null) {
            throw new IllegalArgumentException("no such file, expected one of " + files.keySet() + ", file=" + path);
        }
        return bytes.clone();
    }

    LogImage with(String path, byte[] bytes) {
        Map<String, byte[]> changed = new TreeMap<>(files);
        changed.put(path, bytes);
        return new LogImage(changed);
    }

    LogImage without(String path) {
        Map<String, byte[]> changed = new TreeMap<>(files);
        changed.remove(path);
        return new LogImage(changed);
    }

    LogImage renamed(String from, String to) {
        return without(from).with(to, file(from));
    }

    LogImage swapped(String one, String other) {
        return with(one, file(other)).with(other, file(one));
    }

    /** With the archived segments where they were before, as if a crash had come before they were archived. */
    LogImage withArchivedSegments() {
        LogImage image = this;
        for (String path : files.keySet()) {
            String name = path.substring(path.lastIndexOf('/') + 1);
            if (path.startsWith("archive/") && name.startsWith("wal_")) {
                image = image.renamed(path, "segments/" + name);
            }
        }
        return image;
    }
}
