package org.seawall.strategy.append;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
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

/**
 * Files in memory with a model of what a crash leaves. Bytes are durable when their file was forced. A change of a name is
 * durable when each directory that it touches was forced; until then a power cut may leave any subset of such changes.
 * A rename is one change. The process can be made to die at any operation, before it or after it.
 */
final class MemoryFileSystem implements FileSystem {

    static final int RESERVE = 8;

    /** What a power cut leaves of bytes that were not forced. */
    enum Unforced {
        LOST,
        TORN,
        KEPT
    }

    private static final class Node {
        byte[] seen = {};
        byte[] durable = {};

        Node after(Unforced unforced) {
            Node node = new Node();
            node.seen = node.durable = switch (unforced) {
                case LOST -> durable;
                case KEPT -> seen;
                case TORN -> torn();
            };
            return node;
        }

        /** The first half of what differs is there, the second is not. */
        private byte[] torn() {
            int first = Math.max(0, Arrays.mismatch(seen, durable));
            int middle = (first + seen.length) / 2;
            byte[] torn = Arrays.copyOf(durable, Math.max(durable.length, middle));
            System.arraycopy(seen, 0, torn, 0, middle);
            return torn;
        }
    }

    /** A change of names: a creation has no old name, a deletion no new one. */
    private record Change(Optional<Location> from, Optional<Location> to, Node node, Set<Location> unforced) {

        static Change of(Optional<Location> from, Optional<Location> to, Node node) {
            Set<Location> unforced = new HashSet<>();
            from.ifPresent(location -> unforced.add(location.parent()));
            to.ifPresent(location -> unforced.add(location.parent()));
            return new Change(from, to, node, unforced);
        }

        void apply(Map<Location, Node> names) {
            from.ifPresent(location -> names.remove(location, node));
            to.ifPresent(location -> names.put(location, node));
        }
    }

    private final Map<Location, Node> seen = new LinkedHashMap<>();
    private final Map<Location, Node> durable = new LinkedHashMap<>();
    private final List<Change> pending = new ArrayList<>();
    final List<String> operations = new ArrayList<>();
    private int dieAt = Integer.MAX_VALUE;
    private boolean dieAfter;
    private boolean dead;

    /** Lets the process die at an operation, counted from 0 from now on, before or after it takes effect. */
    void dieAt(int operation, boolean after) {
        operations.clear();
        dieAt = operation;
        dieAfter = after;
    }

    boolean isDead() {
        return dead;
    }

    /** The process is started again; the system has kept everything in its memory. */
    void restartProcess() {
        dead = false;
        dieAt(Integer.MAX_VALUE, false);
    }

    /** Every state that a power cut may leave now. */
    List<MemoryFileSystem> afterPowerCut() {
        List<MemoryFileSystem> all = new ArrayList<>();
        for (int subset = 0; subset < 1 << pending.size(); subset++) {
            for (Unforced unforced : Unforced.values()) {
                all.add(afterPowerCut(subset, unforced));
            }
        }
        return all;
    }

    private MemoryFileSystem afterPowerCut(int subset, Unforced unforced) {
        Map<Location, Node> names = new LinkedHashMap<>(durable);
        for (int i = 0; i < pending.size(); i++) {
            if ((subset >> i & 1) == 1) {
                pending.get(i).apply(names);
            }
        }
        MemoryFileSystem left = new MemoryFileSystem();
        names.forEach((location, node) -> left.seen.put(location, node.after(unforced)));
        left.durable.putAll(left.seen);
        return left;
    }

    private interface Effect<T> {
        T take() throws IOException;
    }

    private <T> T operation(String name, Effect<T> effect) throws IOException {
        boolean dies = operations.size() == dieAt;
        operations.add(name);
        if (dead || dies && !dieAfter) {
            dead = true;
            throw new IOException("injected death before " + name);
        }
        T result = effect.take();
        if (dies) {
            dead = true;
            throw new IOException("injected death after " + name);
        }
        return result;
    }

    private void change(Optional<Location> from, Optional<Location> to, Node node) {
        Change change = Change.of(from, to, node);
        change.apply(seen);
        pending.add(change);
    }

    private Node node(Location file) throws NoSuchFileException {
        Node node = seen.get(file);
        if (node == null) {
            throw new NoSuchFileException(file.toString());
        }
        return node;
    }

    private Node created(Location file) throws FileAlreadyExistsException {
        if (seen.containsKey(file)) {
            throw new FileAlreadyExistsException(file.toString());
        }
        Node node = new Node();
        change(Optional.empty(), Optional.of(file), node);
        return node;
    }

    private boolean isDirectory(Location location) {
        return seen.keySet().stream().anyMatch(file -> file.path().startsWith(location.path() + "/"));
    }

    byte[] content(Location file) throws IOException {
        return node(file).seen.clone();
    }

    void put(Location file, byte[] content) throws IOException {
        created(file).seen = content;
    }

    @Override
    public Set<Capability> capabilities() {
        return EnumSet.complementOf(EnumSet.of(Capability.CONDITIONAL_REPLACE));
    }

    @Override
    public List<FileInfo> list(Location directory) {
        Map<String, FileInfo> found = new TreeMap<>();
        seen.forEach((file, node) -> {
            if (file.parent().equals(directory)) {
                found.put(file.name(), new FileInfo(file, false, node.seen.length, "1"));
            } else if (file.parent().path().startsWith(directory.path() + "/")) {
                found.put(file.parent().name(), new FileInfo(file.parent(), true, 0, ""));
            }
        });
        return List.copyOf(found.values());
    }

    @Override
    public Optional<FileInfo> find(Location location) {
        if (isDirectory(location)) {
            return Optional.of(new FileInfo(location, true, 0, ""));
        }
        return Optional.ofNullable(seen.get(location))
                .map(node -> new FileInfo(location, false, node.seen.length, "1"));
    }

    @Override
    public FileInput open(Location file) throws IOException {
        return new MemoryInput(file, node(file).seen.clone());
    }

    @Override
    public FileInfo create(Location file, List<ByteBuffer> content) throws IOException {
        return operation("create " + file.name(), () -> {
            Node node = created(file);
            content.forEach(buffer -> node.seen = joined(node.seen, node.seen.length, buffer));
            node.durable = node.seen;
            pending.remove(pending.size() - 1);
            durable.put(file, node);
            return new FileInfo(file, false, node.seen.length, "1");
        });
    }

    @Override
    public AppendFile createAppendable(Location file) throws IOException {
        return operation("createAppendable " + file.name(), () -> new MemoryAppendFile(file, created(file), 0));
    }

    @Override
    public AppendFile openAppendable(Location file, long position) throws IOException {
        return new MemoryAppendFile(file, node(file), (int) position);
    }

    @Override
    public void rename(Location from, Location to) throws IOException {
        operation("rename " + from.name() + " " + to.name(), () -> {
            if (seen.containsKey(to)) {
                throw new FileAlreadyExistsException(to.toString());
            }
            change(Optional.of(from), Optional.of(to), node(from));
            return to;
        });
    }

    @Override
    public void forceDirectory(Location directory) throws IOException {
        operation("forceDirectory " + directory.name(), () -> {
            if (!isDirectory(directory)) {
                throw new NoSuchFileException(directory.toString());
            }
            pending.forEach(change -> change.unforced().remove(directory));
            pending.stream().filter(change -> change.unforced().isEmpty()).forEach(change -> change.apply(durable));
            pending.removeIf(change -> change.unforced().isEmpty());
            return directory;
        });
    }

    @Override
    public void delete(Location file) throws IOException {
        if (seen.containsKey(file)) {
            operation("delete " + file.name(), () -> {
                change(Optional.of(file), Optional.empty(), node(file));
                return file;
            });
        }
    }

    @Override
    public FileInfo replace(Location file, List<ByteBuffer> content, Optional<String> expected) {
        throw new UnsupportedOperationException("replace");
    }

    @Override
    public void deleteTree(Location directory) {
        throw new UnsupportedOperationException("deleteTree");
    }

    @Override
    public FileLock lock(Location file, String holder) {
        return () -> {};
    }

    private static byte[] joined(byte[] old, int position, ByteBuffer added) {
        byte[] all = Arrays.copyOf(old, Math.max(old.length, position + added.remaining()));
        added.get(all, position, added.remaining());
        return all;
    }

    private record MemoryInput(Location location, byte[] content) implements FileInput {
        @Override
        public long size() {
            return content.length;
        }

        @Override
        public void read(long offset, ByteBuffer target) throws IOException {
            if (offset + target.remaining() > content.length) {
                throw new EOFException(location.toString());
            }
            target.put(content, (int) offset, target.remaining());
        }

        @Override
        public void close() {}
    }

    private final class MemoryAppendFile implements AppendFile {
        private final Location location;
        private final Node node;
        private int position;
        private boolean closed;

        MemoryAppendFile(Location location, Node node, int position) {
            this.location = location;
            this.node = node;
            this.position = position;
        }

        private <T> T change(String name, Effect<T> effect) throws IOException {
            if (closed) {
                throw new IOException("closed " + location);
            }
            return operation(name + " " + location.name(), effect);
        }

        @Override
        public Location location() {
            return location;
        }

        @Override
        public long position() {
            return position;
        }

        @Override
        public void write(ByteBuffer... data) throws IOException {
            change("write", () -> {
                for (ByteBuffer buffer : data) {
                    int length = buffer.remaining();
                    node.seen = joined(node.seen, position, buffer);
                    position += length;
                }
                if (position > node.seen.length - 1) {
                    node.seen = Arrays.copyOf(node.seen, position + RESERVE);
                }
                return node;
            });
        }

        @Override
        public void force() throws IOException {
            change("force", () -> node.durable = node.seen);
        }

        @Override
        public void truncate(long length) throws IOException {
            change("truncate", () -> {
                node.seen = Arrays.copyOf(node.seen, (int) length);
                position = (int) length;
                return node;
            });
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
