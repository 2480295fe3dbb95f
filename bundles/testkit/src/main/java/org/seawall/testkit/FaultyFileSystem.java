package org.seawall.testkit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.seawall.OutcomeUnknownException;
import org.seawall.spi.filesystem.AppendFile;
import org.seawall.spi.filesystem.AppendLimits;
import org.seawall.spi.filesystem.AppendRefusedException;
import org.seawall.spi.filesystem.Capability;
import org.seawall.spi.filesystem.FileInfo;
import org.seawall.spi.filesystem.FileInput;
import org.seawall.spi.filesystem.FileLock;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;

/**
 * Any file system as a process sees it on a machine whose operations fail, whose processes die and whose power goes.
 *
 * <p>Operations that change the storage are counted from 1. One of them can be made to fail, or to be the last that the
 * process does. {@link #crash} is the loss of power: on the wrapped file system is left what was forced, and of the rest what
 * the seed draws, sector by sector of 512 bytes and name by name: bytes are durable when their file was forced, the names of
 * files that were created for appending, renamed or deleted when each directory that they touch was. Seeds 0 to 3 are the
 * extremes: nothing that was not forced is left, all of it, names without content, content without names. After it this
 * object is the dead process, and every operation on it fails; go on with the wrapped file system.
 *
 * <p>What the wrapped file system holds when it is met is taken for durable. Where it cannot force, all is durable at once.
 * The same seed and the same order of operations give the same result. Safe for use by several threads.
 */
public final class FaultyFileSystem implements FileSystem {
    private final FileSystem files;
    private final long seed;
    private final VolatileState state;
    private final List<String> history = new ArrayList<>();
    private final Set<AutoCloseable> open = Collections.newSetFromMap(new IdentityHashMap<>());
    private volatile OperationHook hook = OperationHook.NONE;
    private FaultPlan plan = FaultPlan.NONE;
    private boolean stopped;
    private boolean ended;

    /**
     * A process that starts.
     *
     * @param files the storage
     * @param seed draws what a crash leaves
     */
    public FaultyFileSystem(FileSystem files, long seed) {
        this(files, seed, new VolatileState(files));
    }

    private FaultyFileSystem(FileSystem files, long seed, VolatileState state) {
        this.files = files;
        this.seed = seed;
        this.state = state;
    }

    /**
     * Lets one operation fail. The process goes on.
     *
     * @param operation which one, counted from now: 1 for the next
     * @param moment before, in the middle of or after its effect
     */
    public synchronized void failAt(long operation, Moment moment) {
        plan = new FaultPlan(history.size() + operation, moment, false);
    }

    /**
     * Ends the process at an operation: every operation behind it fails too, without effect.
     *
     * @param operation which one, counted from now: 1 for the next
     * @param moment before, in the middle of or after its effect
     */
    public synchronized void stopAt(long operation, Moment moment) {
        plan = new FaultPlan(history.size() + operation, moment, true);
    }

    /**
     * Sets who is asked around every operation.
     *
     * @param newHook the hook; it replaces the one before
     */
    public void hook(OperationHook newHook) {
        hook = newHook;
    }

    /**
     * Whether the process came to the operation at which it was to stop.
     *
     * @return true from then on
     */
    public synchronized boolean stopped() {
        return stopped;
    }

    /**
     * The operations so far that changed the storage or failed to.
     *
     * @return in their order, such as {@code rename wal_next.avro wal_current.avro}
     */
    public synchronized List<String> history() {
        return List.copyOf(history);
    }

    /**
     * Takes the power away.
     *
     * @throws IOException if the wrapped file system fails
     */
    public synchronized void crash() throws IOException {
        end();
        state.lose(new Survival(seed));
    }

    /**
     * Ends the process and starts it again. The machine goes on, with everything in its memory that was not forced.
     *
     * @param newSeed draws what a crash of the new process leaves
     * @return the new process; this one is dead
     * @throws IOException if the wrapped file system fails
     */
    public synchronized FaultyFileSystem restart(long newSeed) throws IOException {
        end();
        return new FaultyFileSystem(files, newSeed, state);
    }

    @Override
    public Set<Capability> capabilities() {
        return files.capabilities();
    }

    @Override
    public List<FileInfo> list(Location directory) throws IOException {
        return read("list " + directory.name(), () -> files.list(directory));
    }

    @Override
    public Optional<FileInfo> find(Location location) throws IOException {
        return read("find " + location.name(), () -> files.find(location));
    }

    @Override
    public FileInput open(Location file) throws IOException {
        return read("open " + file.name(), () -> new FaultyInput(this, opened(files.open(file))));
    }

    @Override
    public FileInfo create(Location file, List<ByteBuffer> content) throws IOException {
        return whole("create", file, () -> files.create(file, content));
    }

    @Override
    public FileInfo replace(Location file, List<ByteBuffer> content, Optional<String> expected) throws IOException {
        return whole("replace", file, () -> files.replace(file, content, expected));
    }

    /** A creation, a replacement or an append: the caller that does not learn the outcome is told so. */
    private FileInfo whole(String verb, Location file, Effect<FileInfo> effect) throws IOException {
        String name = verb + " " + file.name();
        try {
            return change(name, () -> {
                FileInfo info = effect.take();
                state.whole(file);
                return info;
            });
        } catch (InjectedFailure e) {
            if (e.moment() == Moment.AFTER) {
                throw new OutcomeUnknownException("outcome unknown, file=" + file, e);
            }
            throw e;
        }
    }

    @Override
    public AppendFile createAppendable(Location file) throws IOException {
        return change("createAppendable " + file.name(), () -> {
            AppendFile created = opened(files.createAppendable(file));
            return new FaultyAppendFile(this, created, state.created(file));
        });
    }

    @Override
    public AppendFile openAppendable(Location file, long position) throws IOException {
        return read("openAppendable " + file.name(), () -> {
            AppendFile found = opened(files.openAppendable(file, position));
            return new FaultyAppendFile(this, found, state.growing(file));
        });
    }

    /** At position 0 two operations, between which the file is there and empty, and others may come. */
    @Override
    public FileInfo append(Location file, long position, List<ByteBuffer> content) throws IOException {
        if (position == 0 && read("find " + file.name(), () -> files.find(file)).isEmpty()) {
            whole("grow", file, () -> files.append(file, 0, List.of()));
        }
        return whole("append", file, () -> {
            if (files.find(file).isEmpty() && position == 0) {
                throw new AppendRefusedException(file, "was deleted before it was appended to");
            }
            return files.append(file, position, content);
        });
    }

    @Override
    public FileInfo seal(Location file) throws IOException {
        return change("seal " + file.name(), () -> files.seal(file));
    }

    @Override
    public AppendLimits appendLimits() {
        return files.appendLimits();
    }

    @Override
    public void rename(Location from, Location to) throws IOException {
        change("rename " + from.name() + " " + to.name(), () -> {
            files.rename(from, to);
            state.renamed(from, to);
            return to;
        });
    }

    @Override
    public void forceDirectory(Location directory) throws IOException {
        change("forceDirectory " + directory.name(), () -> {
            files.forceDirectory(directory);
            state.forcedDirectory(directory);
            return directory;
        });
    }

    @Override
    public void delete(Location file) throws IOException {
        if (read("find " + file.name(), () -> files.find(file)).isEmpty()) {
            return;
        }
        change("delete " + file.name(), () -> {
            // another thread may have been faster
            if (files.find(file).isPresent()) {
                state.deleting(file);
                files.delete(file);
                state.deleted(file);
            }
            return file;
        });
    }

    /** One operation a file, in no order that a caller could rely on, and one for the rest, which makes it durable. */
    @Override
    public void deleteTree(Location directory) throws IOException {
        for (FileInfo info : list(directory)) {
            if (info.directory()) {
                deleteTree(info.location());
            } else {
                delete(info.location());
            }
        }
        change("deleteTree " + directory.name(), () -> {
            state.deletingTree(directory);
            files.deleteTree(directory);
            state.deletedTree(directory);
            return directory;
        });
    }

    @Override
    public FileLock lock(Location file, String holder) throws IOException {
        return read("lock " + file.name(), () -> {
            FileLock lock = opened(files.lock(file, holder));
            return () -> close(lock);
        });
    }

    @Override
    public synchronized String toString() {
        return "FaultyFileSystem[seed=" + seed + ", operations=" + history.size() + ", files=" + files + "]";
    }

    /** What an operation does. */
    interface Effect<T> {
        T take() throws IOException;
    }

    <T> T read(String name, Effect<T> effect) throws IOException {
        hook.before(name);
        T result;
        synchronized (this) {
            requireAlive(name);
            result = effect.take();
        }
        hook.after(name);
        return result;
    }

    <T> T change(String name, Effect<T> effect) throws IOException {
        return change(name, effect, () -> null);
    }

    /** A change of which a part can take place. */
    <T> T change(String name, Effect<T> effect, Effect<?> part) throws IOException {
        hook.before(name);
        T result;
        synchronized (this) {
            requireAlive(name);
            history.add(name);
            failIfPlanned(Moment.BEFORE, name);
            if (plan.hits(history.size(), Moment.MIDDLE)) {
                part.take();
            }
            failIfPlanned(Moment.MIDDLE, name);
            result = effect.take();
            failIfPlanned(Moment.AFTER, name);
        }
        hook.after(name);
        return result;
    }

    private void failIfPlanned(Moment moment, String name) throws IOException {
        if (plan.hits(history.size(), moment)) {
            stopped = plan.stops();
            throw new InjectedFailure(moment, name + ", files=" + this);
        }
    }

    private void requireAlive(String name) throws IOException {
        if (ended || stopped) {
            throw new IOException("process has ended, operation=" + name + ", files=" + this);
        }
    }

    void forced(VolatileFile file) throws IOException {
        state.forced(file);
    }

    private <C extends AutoCloseable> C opened(C closeable) {
        open.add(closeable);
        return closeable;
    }

    /** Closes something once; what ended with its process is closed already. */
    synchronized void close(AutoCloseable closeable) throws IOException {
        if (open.remove(closeable)) {
            closed(closeable);
        }
    }

    private void end() throws IOException {
        ended = true;
        for (AutoCloseable closeable : List.copyOf(open)) {
            close(closeable);
        }
    }

    private static void closed(AutoCloseable closeable) throws IOException {
        try {
            closeable.close();
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("not closed, resource=" + closeable, e);
        }
    }
}
