package org.seawall.strategy.object;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.seawall.spi.filesystem.AppendFile;
import org.seawall.spi.filesystem.Capability;
import org.seawall.spi.filesystem.FileInfo;
import org.seawall.spi.filesystem.FileInput;
import org.seawall.spi.filesystem.FileLock;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;

/** An object storage in memory: whole objects, created if absent. Fails once, before or after the object is there. */
final class MemoryObjects implements FileSystem {

    /** When the next creation fails. */
    enum Failure {
        NEVER,
        BEFORE,
        AFTER
    }

    final Map<String, String> objects = new TreeMap<>();
    Failure failure = Failure.NEVER;
    Exception error = new IOException("injected");

    @Override
    public Set<Capability> capabilities() {
        return EnumSet.of(Capability.CREATE_EXCLUSIVE, Capability.STRONG_LIST, Capability.RANGE_READ);
    }

    private static FileInfo info(Location location, String content) {
        return new FileInfo(location, false, content.length(), "1");
    }

    @Override
    public List<FileInfo> list(Location directory) {
        String prefix = directory.path() + "/";
        Map<String, FileInfo> found = new TreeMap<>();
        objects.forEach((path, content) -> {
            if (path.startsWith(prefix)) {
                String name = path.substring(prefix.length()).replaceAll("/.*", "");
                Location child = directory.child(name);
                boolean object = child.path().equals(path);
                found.put(name, object ? info(child, content) : new FileInfo(child, true, 0, ""));
            }
        });
        return List.copyOf(found.values());
    }

    @Override
    public Optional<FileInfo> find(Location location) {
        return Optional.ofNullable(objects.get(location.path())).map(content -> info(location, content));
    }

    @Override
    public FileInfo create(Location file, List<ByteBuffer> content) throws IOException {
        fail(Failure.BEFORE);
        StringBuilder text = new StringBuilder();
        content.forEach(buffer -> text.append(StandardCharsets.ISO_8859_1.decode(buffer)));
        if (objects.putIfAbsent(file.path(), text.toString()) != null) {
            throw new FileAlreadyExistsException(file.toString());
        }
        fail(Failure.AFTER);
        return info(file, text.toString());
    }

    private void fail(Failure now) throws IOException {
        if (failure == now) {
            failure = Failure.NEVER;
            if (error instanceof RuntimeException unchecked) {
                throw unchecked;
            }
            throw (IOException) error;
        }
    }

    @Override
    public FileInput open(Location file) {
        throw new UnsupportedOperationException("open");
    }

    @Override
    public FileInfo replace(Location file, List<ByteBuffer> content, Optional<String> expected) {
        throw new UnsupportedOperationException("replace");
    }

    @Override
    public AppendFile createAppendable(Location file) {
        throw new UnsupportedOperationException("createAppendable");
    }

    @Override
    public AppendFile openAppendable(Location file, long position) {
        throw new UnsupportedOperationException("openAppendable");
    }

    @Override
    public void rename(Location from, Location to) {
        throw new UnsupportedOperationException("rename");
    }

    @Override
    public void forceDirectory(Location directory) {
        throw new UnsupportedOperationException("forceDirectory");
    }

    @Override
    public void delete(Location file) {
        throw new UnsupportedOperationException("delete");
    }

    @Override
    public void deleteTree(Location directory) {
        throw new UnsupportedOperationException("deleteTree");
    }

    @Override
    public FileLock lock(Location file, String holder) {
        throw new UnsupportedOperationException("lock");
    }
}
