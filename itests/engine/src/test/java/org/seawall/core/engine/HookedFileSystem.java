package org.seawall.core.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.seawall.spi.filesystem.AppendFile;
import org.seawall.spi.filesystem.Capability;
import org.seawall.spi.filesystem.FileInfo;
import org.seawall.spi.filesystem.FileInput;
import org.seawall.spi.filesystem.FileLock;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;

/** A real file system that asks a hook before and after everything that changes the storage. */
public record HookedFileSystem(FileSystem files, Hook hook) implements FileSystem {

    /** Decides what becomes of a change. */
    public interface Hook {
        /** Called before the change; an exception prevents it. */
        void before(String change) throws IOException;

        /** Called after the change; an exception hides that it happened. */
        default void after(String change) throws IOException {}
    }

    private interface Change<T> {
        T make() throws IOException;
    }

    private <T> T change(String name, Change<T> change) throws IOException {
        hook.before(name);
        T result = change.make();
        hook.after(name);
        return result;
    }

    @Override
    public Set<Capability> capabilities() {
        return files.capabilities();
    }

    @Override
    public List<FileInfo> list(Location directory) throws IOException {
        return files.list(directory);
    }

    @Override
    public Optional<FileInfo> find(Location location) throws IOException {
        return files.find(location);
    }

    @Override
    public FileInput open(Location file) throws IOException {
        return files.open(file);
    }

    @Override
    public FileInfo create(Location file, List<ByteBuffer> content) throws IOException {
        return change("create", () -> files.create(file, content));
    }

    @Override
    public FileInfo replace(Location file, List<ByteBuffer> content, Optional<String> expected) throws IOException {
        return change("replace", () -> files.replace(file, content, expected));
    }

    @Override
    public AppendFile createAppendable(Location file) throws IOException {
        return new Hooked(change("createAppendable", () -> files.createAppendable(file)));
    }

    @Override
    public AppendFile openAppendable(Location file, long position) throws IOException {
        return new Hooked(files.openAppendable(file, position));
    }

    @Override
    public void rename(Location from, Location to) throws IOException {
        change("rename", () -> {
            files.rename(from, to);
            return to;
        });
    }

    @Override
    public void forceDirectory(Location directory) throws IOException {
        change("forceDirectory", () -> {
            files.forceDirectory(directory);
            return directory;
        });
    }

    @Override
    public void delete(Location file) throws IOException {
        change("delete", () -> {
            files.delete(file);
            return file;
        });
    }

    @Override
    public void deleteTree(Location directory) throws IOException {
        change("deleteTree", () -> {
            files.deleteTree(directory);
            return directory;
        });
    }

    @Override
    public FileLock lock(Location file, String holder) throws IOException {
        return files.lock(file, holder);
    }

    private final class Hooked implements AppendFile {
        private final AppendFile file;

        private Hooked(AppendFile file) {
            this.file = file;
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
            change("write", () -> {
                file.write(data);
                return data;
            });
        }

        @Override
        public void force() throws IOException {
            change("force", () -> {
                file.force();
                return file;
            });
        }

        @Override
        public void truncate(long length) throws IOException {
            change("truncate", () -> {
                file.truncate(length);
                return file;
            });
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
