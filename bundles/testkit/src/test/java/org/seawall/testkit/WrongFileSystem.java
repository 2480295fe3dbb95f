package org.seawall.testkit;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import org.seawall.spi.filesystem.AppendFile;
import org.seawall.spi.filesystem.Capability;
import org.seawall.spi.filesystem.FileInfo;
import org.seawall.spi.filesystem.FileInput;
import org.seawall.spi.filesystem.FileLock;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;
import org.seawall.spi.filesystem.LockedException;

/** File systems that break one rule each, made of one that keeps all. */
enum WrongFileSystem {
    CAPABILITIES_CHANGE("F01", files -> new ForwardingFileSystem(files) {
        private final AtomicBoolean first = new AtomicBoolean(true);

        @Override
        public Set<Capability> capabilities() {
            return first.getAndSet(false) ? EnumSet.of(Capability.APPEND) : files.capabilities();
        }
    }),
    MISSING_DIRECTORY_IS_AN_ERROR("F02", files -> new ForwardingFileSystem(files) {
        @Override
        public List<FileInfo> list(Location directory) throws IOException {
            if (files.find(directory).isEmpty()) {
                throw new NoSuchFileException(directory.toString());
            }
            return files.list(directory);
        }
    }),
    LIST_ERROR_READ_AS_EMPTY("F03", files -> new ForwardingFileSystem(files) {
        @Override
        public List<FileInfo> list(Location directory) {
            try {
                return files.list(directory);
            } catch (IOException e) {
                return List.of();
            }
        }
    }),
    LIST_UNSORTED("F04", files -> new ForwardingFileSystem(files) {
        @Override
        public List<FileInfo> list(Location directory) throws IOException {
            List<FileInfo> listed = new ArrayList<>(files.list(directory));
            Collections.reverse(listed);
            return listed;
        }
    }),
    LIST_MISSES_THE_NEWEST("F05", files -> new ForwardingFileSystem(files) {
        @Override
        public List<FileInfo> list(Location directory) throws IOException {
            List<FileInfo> listed = files.list(directory);
            return listed.size() > 20 ? listed.subList(0, 20) : listed;
        }
    }),
    FIND_BY_PREFIX("F06", files -> new ForwardingFileSystem(files) {
        @Override
        public Optional<FileInfo> find(Location location) throws IOException {
            Optional<FileInfo> found = files.find(location);
            return found.isPresent()
                    ? found
                    : files.list(location.parent()).stream()
                            .filter(info -> info.name().startsWith(location.name()))
                            .findFirst();
        }
    }),
    NAMES_DECODED("F07", files -> new ForwardingFileSystem(files) {
        @Override
        public FileInfo create(Location file, List<ByteBuffer> content) throws IOException {
            return files.create(new Location(file.scheme(), file.path().replace("%20", " ")), content);
        }
    }),
    MISSING_FILE_IS_EMPTY("F08", files -> new ForwardingFileSystem(files) {
        @Override
        public FileInput open(Location file) throws IOException {
            return files.find(file).isPresent() ? files.open(file) : new MemoryFile().open(file);
        }
    }),
    READ_RETURNS_SHORT("F09", files -> new ForwardingFileSystem(files) {
        @Override
        public FileInput open(Location file) throws IOException {
            return new Input(files.open(file)) {
                @Override
                public void read(long offset, ByteBuffer target) throws IOException {
                    ByteBuffer part = target.duplicate();
                    part.limit(Math.min(part.limit(), part.position() + 65_536));
                    input.read(offset, part);
                    target.position(part.position());
                }
            };
        }
    }),
    READ_BEHIND_THE_END_GIVES_ZEROES("F10", files -> new ForwardingFileSystem(files) {
        @Override
        public FileInput open(Location file) throws IOException {
            return new Input(files.open(file)) {
                @Override
                public void read(long offset, ByteBuffer target) throws IOException {
                    try {
                        input.read(offset, target);
                    } catch (EOFException e) {
                        target.position(target.limit());
                    }
                }
            };
        }
    }),
    READS_SHARE_A_POSITION("F11", files -> new ForwardingFileSystem(files) {
        @Override
        public FileInput open(Location file) throws IOException {
            return new Input(files.open(file)) {
                private volatile long position;

                @Override
                public void read(long offset, ByteBuffer target) throws IOException {
                    position = offset;
                    LockSupport.parkNanos(1_000);
                    input.read(position, target);
                }
            };
        }
    }),
    SEES_ONLY_ITS_OWN("F12", files -> new ForwardingFileSystem(files) {
        private final List<Location> own = new ArrayList<>();

        @Override
        public synchronized FileInfo create(Location file, List<ByteBuffer> content) throws IOException {
            own.add(file);
            return files.create(file, content);
        }

        @Override
        public synchronized FileInput open(Location file) throws IOException {
            if (!own.contains(file)) {
                throw new NoSuchFileException(file.toString());
            }
            return files.open(file);
        }
    }),
    BUFFERS_NOT_CONSUMED("F13", files -> new ForwardingFileSystem(files) {
        @Override
        public FileInfo create(Location file, List<ByteBuffer> content) throws IOException {
            return files.create(
                    file, content.stream().map(ByteBuffer::duplicate).toList());
        }
    }),
    CREATE_REPLACES("F14", files -> new ForwardingFileSystem(files) {
        @Override
        public FileInfo create(Location file, List<ByteBuffer> content) throws IOException {
            files.delete(file);
            return files.create(file, content);
        }
    }),
    CREATE_LOOKS_AND_THEN_WRITES("F15", files -> new ForwardingFileSystem(files) {
        @Override
        public FileInfo create(Location file, List<ByteBuffer> content) throws IOException {
            if (files.find(file).isPresent()) {
                return files.create(file, content);
            }
            LockSupport.parkNanos(2_000_000);
            synchronized (this) {
                files.delete(file);
                return files.create(file, content);
            }
        }
    }),
    CREATE_SHOWS_A_PART("F16", files -> new ForwardingFileSystem(files) {
        @Override
        public FileInfo create(Location file, List<ByteBuffer> content) throws IOException {
            try (AppendFile part = files.createAppendable(file)) {
                for (ByteBuffer buffer : content) {
                    part.write(buffer);
                    LockSupport.parkNanos(500_000);
                }
                part.truncate(part.position());
            }
            return files.find(file).orElseThrow();
        }
    }),
    CREATIONS_SHARE_A_BUFFER("F17", files -> new ForwardingFileSystem(files) {
        private volatile List<ByteBuffer> buffer = List.of();

        @Override
        public FileInfo create(Location file, List<ByteBuffer> content) throws IOException {
            buffer = content;
            LockSupport.parkNanos(200_000);
            return files.create(file, buffer);
        }
    }),
    REPLACE_KEEPS_THE_OLD_END("F18", files -> new ForwardingFileSystem(files) {
        @Override
        public FileInfo replace(Location file, List<ByteBuffer> content, Optional<String> expected) throws IOException {
            List<ByteBuffer> all = new ArrayList<>(content);
            if (expected.isPresent()) {
                byte[] old = bytes(files, file);
                int length = content.stream().mapToInt(ByteBuffer::remaining).sum();
                all.add(ByteBuffer.wrap(old, Math.min(length, old.length), old.length - Math.min(length, old.length)));
            }
            return files.replace(file, all, expected);
        }
    }),
    REPLACE_IGNORES_THE_VERSION("F19", files -> new ForwardingFileSystem(files) {
        @Override
        public FileInfo replace(Location file, List<ByteBuffer> content, Optional<String> expected) throws IOException {
            return files.replace(file, content, files.find(file).map(FileInfo::version));
        }
    }),
    REPLACE_CREATES_WHAT_IS_MISSING("F20", files -> new ForwardingFileSystem(files) {
        @Override
        public FileInfo replace(Location file, List<ByteBuffer> content, Optional<String> expected) throws IOException {
            return files.replace(file, content, files.find(file).isPresent() ? expected : Optional.empty());
        }
    }),
    VERSION_IS_THE_LENGTH("F21", files -> new ForwardingFileSystem(files) {
        @Override
        public Optional<FileInfo> find(Location location) throws IOException {
            return files.find(location).map(WrongFileSystem::byLength);
        }

        @Override
        public FileInfo create(Location file, List<ByteBuffer> content) throws IOException {
            return byLength(files.create(file, content));
        }

        @Override
        public FileInfo replace(Location file, List<ByteBuffer> content, Optional<String> expected) throws IOException {
            Optional<FileInfo> found = files.find(file);
            boolean same = found.map(info -> byLength(info).version()).equals(expected);
            return byLength(files.replace(file, content, same ? found.map(FileInfo::version) : expected));
        }
    }),
    REPLACE_COMPARES_TOO_EARLY("F22", files -> new ForwardingFileSystem(files) {
        private final Window window = new Window();

        @Override
        public FileInfo replace(Location file, List<ByteBuffer> content, Optional<String> expected) throws IOException {
            if (!files.find(file).map(FileInfo::version).equals(expected)) {
                return files.replace(file, content, expected);
            }
            window.pass();
            synchronized (this) {
                return files.replace(file, content, files.find(file).map(FileInfo::version));
            }
        }
    }),
    NEW_FILE_IS_HIDDEN_UNTIL_IT_IS_CLOSED("F23", files -> new ForwardingFileSystem(files) {
        @Override
        public AppendFile createAppendable(Location file) throws IOException {
            Location hidden = file.parent().child("hidden-" + file.name());
            return new ForwardingAppendFile(files.createAppendable(hidden)) {
                @Override
                public Location location() {
                    return file;
                }

                @Override
                public void close() throws IOException {
                    if (files.find(hidden).isPresent()) {
                        files.rename(hidden, file);
                    }
                    super.close();
                }
            };
        }
    }),
    CREATE_APPENDABLE_REPLACES("F24", files -> new ForwardingFileSystem(files) {
        @Override
        public AppendFile createAppendable(Location file) throws IOException {
            files.delete(file);
            return files.createAppendable(file);
        }
    }),
    ONE_BUFFER_IS_WRITTEN(
            "F25",
            files -> growing(files, file -> new ForwardingAppendFile(file) {
                @Override
                public void write(ByteBuffer... data) throws IOException {
                    file.write(data[0]);
                }
            })),
    AT_MOST_1024_BUFFERS(
            "F26",
            files -> growing(files, file -> new ForwardingAppendFile(file) {
                @Override
                public void write(ByteBuffer... data) throws IOException {
                    file.write(Arrays.copyOf(data, Math.min(data.length, 1024)));
                }
            })),
    RESERVE_OF_GARBAGE(
            "F27",
            files -> growing(files, file -> new ForwardingAppendFile(file) {
                @Override
                public void close() throws IOException {
                    file.write(ByteBuffer.wrap(new byte[] {0, 7}));
                    file.close();
                }
            })),
    TRUNCATE_LEAVES_BYTES(
            "F28",
            files -> growing(files, file -> new ForwardingAppendFile(file) {
                private long cut;

                @Override
                public long position() {
                    return file.position() - cut;
                }

                @Override
                public void truncate(long length) {
                    cut = file.position() - length;
                }
            })),
    GOES_ON_AT_THE_END("F29", files -> new ForwardingFileSystem(files) {
        @Override
        public AppendFile openAppendable(Location file, long position) throws IOException {
            return files.openAppendable(file, files.find(file).orElseThrow().size());
        }
    }),
    OPENING_CREATES("F30", files -> new ForwardingFileSystem(files) {
        @Override
        public AppendFile openAppendable(Location file, long position) throws IOException {
            return files.find(file).isPresent() ? files.openAppendable(file, position) : files.createAppendable(file);
        }
    }),
    WRITES_AFTER_CLOSE(
            "F31",
            files -> growing(files, file -> new ForwardingAppendFile(file) {
                @Override
                public void close() {}
            })),
    RENAME_COPIES("F32", files -> new ForwardingFileSystem(files) {
        @Override
        public void rename(Location from, Location to) throws IOException {
            files.create(to, List.of(ByteBuffer.wrap(bytes(files, from))));
        }
    }),
    RENAME_REPLACES("F33", files -> new ForwardingFileSystem(files) {
        @Override
        public void rename(Location from, Location to) throws IOException {
            if (files.find(from).isPresent()) {
                files.delete(to);
            }
            files.rename(from, to);
        }
    }),
    RENAME_OF_NOTHING_SUCCEEDS("F34", files -> new ForwardingFileSystem(files) {
        @Override
        public void rename(Location from, Location to) throws IOException {
            if (files.find(from).isPresent()) {
                files.rename(from, to);
            }
        }
    }),
    RENAME_LOSES_ITS_TARGET("F35", files -> new ForwardingFileSystem(files) {
        @Override
        public void rename(Location from, Location to) throws IOException {
            if (files.find(to).isPresent()) {
                files.rename(from, to);
            }
            files.create(to, List.of(ByteBuffer.wrap(bytes(files, from))));
            files.delete(from);
        }
    }),
    FORCE_OF_A_DIRECTORY_FAILS("F36", files -> new ForwardingFileSystem(files) {
        @Override
        public void forceDirectory(Location directory) throws IOException {
            throw new IOException("is a directory, directory=" + directory);
        }
    }),
    DELETE_OF_NOTHING_FAILS("F37", files -> new ForwardingFileSystem(files) {
        @Override
        public void delete(Location file) throws IOException {
            if (files.find(file).isEmpty()) {
                throw new NoSuchFileException(file.toString());
            }
            files.delete(file);
        }
    }),
    TREES_GO_BY_PREFIX("F38", files -> new ForwardingFileSystem(files) {
        @Override
        public void deleteTree(Location directory) throws IOException {
            for (FileInfo info : files.list(directory.parent())) {
                if (info.directory() && info.name().startsWith(directory.name())) {
                    files.deleteTree(info.location());
                }
            }
        }
    }),
    TREE_OF_NOTHING_FAILS("F39", files -> new ForwardingFileSystem(files) {
        @Override
        public void deleteTree(Location directory) throws IOException {
            if (files.find(directory).isEmpty()) {
                throw new NoSuchFileException(directory.toString());
            }
            files.deleteTree(directory);
        }
    }),
    REFUSAL_NAMES_NOBODY("F40", files -> new ForwardingFileSystem(files) {
        @Override
        public FileLock lock(Location file, String holder) throws IOException {
            try {
                return files.lock(file, holder);
            } catch (LockedException e) {
                throw new LockedException("somebody", file);
            }
        }
    }),
    REFUSAL_LETS_THE_LOCK_GO("F41", files -> new ForwardingFileSystem(files) {
        private FileLock held;

        @Override
        public FileLock lock(Location file, String holder) throws IOException {
            try {
                held = files.lock(file, holder);
                return held;
            } catch (LockedException e) {
                held.close();
                throw e;
            }
        }
    }),
    CLOSED_LOCK_FREES_ANOTHER("F42", files -> new ForwardingFileSystem(files) {
        private FileLock newest;

        @Override
        public FileLock lock(Location file, String holder) throws IOException {
            newest = files.lock(file, holder);
            return () -> newest.close();
        }
    }),
    LOCK_THAT_TWO_CAN_HOLD("F43", files -> new ForwardingFileSystem(files) {
        private final Window window = new Window();
        private final Set<Location> held = new ConcurrentSkipListSet<>(Comparator.comparing(Location::toString));

        @Override
        public FileLock lock(Location file, String holder) throws IOException {
            if (held.contains(file)) {
                throw new LockedException("holder-one", file);
            }
            window.pass();
            held.add(file);
            return () -> held.remove(file);
        }
    }),
    GROWS_WITHOUT_CLAIMING_IT("F44", files -> claiming(files, Capability.APPEND)),
    FORCES_WITHOUT_CLAIMING_IT("F45", files -> claiming(files, Capability.FORCE)),
    CREATES_WITHOUT_CLAIMING_IT("F46", files -> claiming(files, Capability.CREATE_EXCLUSIVE)),
    REPLACES_WITHOUT_CLAIMING_IT("F47", files -> claiming(files, Capability.CONDITIONAL_REPLACE)),
    RENAMES_WITHOUT_CLAIMING_IT("F48", files -> claiming(files, Capability.ATOMIC_RENAME)),
    LOCKS_WITHOUT_CLAIMING_IT("F49", files -> claiming(files, Capability.LOCK)),
    CREATE_DOES_NOT_FORCE("F50", files -> new ForwardingFileSystem(files) {
        @Override
        public FileInfo create(Location file, List<ByteBuffer> content) throws IOException {
            return created(files, file, content);
        }
    }),
    REPLACE_DOES_NOT_FORCE("F51", files -> new ForwardingFileSystem(files) {
        @Override
        public FileInfo replace(Location file, List<ByteBuffer> content, Optional<String> expected) throws IOException {
            if (!files.find(file).map(FileInfo::version).equals(expected)) {
                return files.replace(file, content, expected);
            }
            files.delete(file);
            return created(files, file, content);
        }
    }),
    FORCE_LIES(
            "F52",
            files -> growing(files, file -> new ForwardingAppendFile(file) {
                @Override
                public void force() {}
            })),
    FORCE_FORGETS_TRUNCATION(
            "F53",
            files -> growing(files, file -> new ForwardingAppendFile(file) {
                private boolean truncated;

                @Override
                public void truncate(long length) throws IOException {
                    truncated = true;
                    file.truncate(length);
                }

                @Override
                public void force() throws IOException {
                    if (!truncated) {
                        file.force();
                    }
                }
            })),
    FORCE_OF_A_DIRECTORY_LIES("F54", files -> new ForwardingFileSystem(files) {
        @Override
        public void forceDirectory(Location directory) {}
    }),
    DELETED_TREE_IS_NOT_FORCED("F55", files -> new ForwardingFileSystem(files) {
        @Override
        public void deleteTree(Location directory) throws IOException {
            for (FileInfo info : files.list(directory)) {
                if (info.directory()) {
                    deleteTree(info.location());
                } else {
                    files.delete(info.location());
                }
            }
        }
    }),
    LOCK_OUTLIVES_ITS_PROCESS("F56", files -> new ForwardingFileSystem(files) {
        @Override
        public FileLock lock(Location file, String holder) throws IOException {
            Location marker = file.parent().child(file.name() + ".taken");
            try {
                files.create(marker, List.of(Probe.bytes(holder)));
            } catch (IOException e) {
                throw new LockedException(new String(bytes(files, marker)), file);
            }
            FileLock lock = files.lock(file, holder);
            AtomicBoolean closed = new AtomicBoolean();
            return () -> {
                if (!closed.getAndSet(true)) {
                    lock.close();
                    files.delete(marker);
                }
            };
        }
    });

    final String rule;
    final UnaryOperator<FileSystem> over;

    WrongFileSystem(String rule, UnaryOperator<FileSystem> over) {
        this.rule = rule;
        this.over = over;
    }

    /** A file that is read, until a method is overridden. */
    abstract static class Input implements FileInput {
        final FileInput input;

        Input(FileInput input) {
            this.input = input;
        }

        @Override
        public Location location() {
            return input.location();
        }

        @Override
        public long size() {
            return input.size();
        }

        @Override
        public void close() throws IOException {
            input.close();
        }
    }

    private static FileSystem growing(FileSystem files, UnaryOperator<AppendFile> wrong) {
        return new ForwardingFileSystem(files) {
            @Override
            public AppendFile createAppendable(Location file) throws IOException {
                return wrong.apply(files.createAppendable(file));
            }

            @Override
            public AppendFile openAppendable(Location file, long position) throws IOException {
                return wrong.apply(files.openAppendable(file, position));
            }
        };
    }

    static FileSystem claiming(FileSystem files, Capability notClaimed) {
        return new ForwardingFileSystem(files) {
            @Override
            public Set<Capability> capabilities() {
                return EnumSet.complementOf(EnumSet.of(notClaimed));
            }
        };
    }

    static FileInfo created(FileSystem files, Location file, List<ByteBuffer> content) throws IOException {
        try (AppendFile grown = files.createAppendable(file)) {
            grown.write(content.toArray(ByteBuffer[]::new));
            grown.truncate(grown.position());
        }
        return files.find(file).orElseThrow();
    }

    private static FileInfo byLength(FileInfo info) {
        return new FileInfo(info.location(), info.directory(), info.size(), "v" + info.size());
    }

    static byte[] bytes(FileSystem files, Location file) throws IOException {
        try (FileInput input = files.open(file)) {
            ByteBuffer content = ByteBuffer.allocate((int) input.size());
            input.read(0, content);
            return content.array();
        }
    }
}
