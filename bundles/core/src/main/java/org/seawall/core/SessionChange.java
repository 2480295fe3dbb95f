package org.seawall.core;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.seawall.LogClosedException;
import org.seawall.LogUnavailableException;
import org.seawall.SeawallException;
import org.seawall.core.catalog.StoredCatalog;
import org.seawall.core.directory.SessionGate;
import org.seawall.core.directory.StorageDirectory;
import org.seawall.core.engine.Causes;
import org.seawall.spi.filesystem.Location;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes the session of a log that takes appends: the one place where services of a running log are replaced. A log has a
 * session for each directory of collections and one for the catalog, which change apart from each other, in threads of their
 * own. In this order:
 *
 * <ol>
 *   <li>Snapshots, compactions, views and changes of the catalog that have begun come to their end; new ones wait. Appends
 *       go on.
 *   <li>Hold: appends wait in the line of their directory, those that are on their way are queued. Reads go on from memory,
 *       now and all the time.
 *   <li>Drain and seal: what is queued is made durable and told, the active segment is sealed, the files are closed, the lock
 *       is let go. From here on nothing uses the old services.
 *   <li>Go on: the lock is taken by the new services, the storage is looked at whether it is the same and ends where it was
 *       left, and the log goes on in a higher epoch, with what is in memory. If somebody came in between he is recognized by
 *       what he has written, see {@link org.seawall.core.engine.Continuation}.
 *   <li>The line goes on in its order, then everybody.
 * </ol>
 *
 * <p>The first step takes half of the time at most: a snapshot that archives thousands of objects must not keep the appends from
 * being finished before their services go.
 *
 * <p>Without new services it ends with the third step. Who waits does so for {@code backendTimeoutMillis} in all, then he is
 * refused; the rest follows when the services are there. A crash at any moment leaves a log that recovers as after any other.
 *
 * <p>For one thread at a time, which waits no longer than that either: a storage that hangs holds up its own change alone.
 */
final class SessionChange implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SessionChange.class);
    private static final String CHANGING = "services change";

    private final String log;
    private final StoredCatalog catalog;
    private final CatalogChange ofCatalog;
    private final List<StorageDirectory> directories;
    private final Sessions sessions;
    private final LogThreads threads;
    private volatile Binding binding;
    private final Set<Integer> bringing = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;
    private volatile long timeoutMillis;
    private CompletableFuture<Void> releasing = CompletableFuture.completedFuture(null);

    /** What changes. */
    record Parts(
            StoredCatalog catalog, CatalogChange ofCatalog, List<StorageDirectory> directories, Sessions sessions) {}

    /** Changes from the services with which the log was opened. */
    SessionChange(LogSettings settings, Parts parts, LogThreads threads, Binding first) {
        this.log = settings.name();
        this.timeoutMillis = settings.backendTimeoutMillis();
        this.catalog = parts.catalog();
        this.ofCatalog = parts.ofCatalog();
        this.directories = parts.directories();
        this.sessions = parts.sessions();
        this.threads = threads;
        this.binding = first;
    }

    /** The services that the log works with, or is about to. */
    Binding binding() {
        return binding;
    }

    /** How long callers wait for services from now on. */
    void timeoutMillis(long millis) {
        timeoutMillis = millis;
    }

    /** How the place of the catalog changes. */
    CatalogChange ofCatalog() {
        return ofCatalog;
    }

    /**
     * Changes to other services where they differ. On return the services that are not among them are used no more, unless
     * their storage hangs.
     */
    void to(Binding wanted) {
        to(wanted, ofCatalog.root());
    }

    /**
     * The same, behind a move of the catalog to where it is to be, so that what changes for collections is written down there.
     * The services for where it is now are those of the binding.
     */
    void to(Binding wanted, Location catalogRoot) {
        Binding next = wanted;
        if (prepare(catalogRoot)) {
            change(new Binding(binding.directories(), wanted.catalog()), true);
            next = new Binding(wanted.directories(), binding.catalog());
        }
        change(next, false);
        releaseOldCatalog();
    }

    /** In the background, since nobody waits for it; but what has gone of the services that it uses is not used on return. */
    private void releaseOldCatalog() {
        if (releasing.isDone() && ofCatalog.releases()) {
            releasing = onCatalog(ofCatalog::release);
        } else if (!ofCatalog.releasesWithWhatIsThere()) {
            await(releasing);
        }
    }

    /** Nobody is held for a move that cannot be begun. */
    private boolean prepare(Location catalogRoot) {
        AtomicBoolean moves = new AtomicBoolean();
        if (!ofCatalog.isAt(catalogRoot)) {
            await(onCatalog(() -> moves.set(ofCatalog.prepare(catalogRoot))));
        }
        return moves.get();
    }

    private CompletableFuture<Void> onCatalog(Runnable task) {
        return CompletableFuture.runAsync(task, threads.catalogChanges());
    }

    /** Which directories have to change. */
    private List<Integer> changing(Binding wanted) {
        List<Integer> changing = new ArrayList<>();
        for (int i = 0; i < directories.size(); i++) {
            Binding.Directory directory = wanted.directories().get(i);
            if (!binding.directories().get(i).equals(directory) || moves(i, directory)) {
                changing.add(i);
            }
        }
        return changing;
    }

    /** While the catalog moves nothing else changes. */
    private void change(Binding wanted, boolean moves) {
        List<Integer> changing = moves ? List.of() : changing(wanted);
        boolean changesCatalog = moves
                || !binding.catalog().equals(wanted.catalog())
                || wanted.catalog().services().isPresent()
                        && (catalog.waiting().isPresent() || catalog.failure().isPresent());
        Binding before = binding;
        binding = wanted;
        if (changing.isEmpty() && !changesCatalog) {
            return;
        }
        hold(catalog.gate(), before.catalog().missing());
        awaitEmpty(catalog.gate(), "changes of the catalog", timeoutMillis / 4);
        List<CompletableFuture<Void>> parts = new ArrayList<>();
        for (int i : changing) {
            parts.add(CompletableFuture.runAsync(
                    () -> change(
                            i, before.directories().get(i), wanted.directories().get(i)),
                    threads.directory(i).changes()));
        }
        if (changesCatalog) {
            parts.add(onCatalog(() -> ofCatalog.change(wanted.catalog())));
        }
        await(CompletableFuture.allOf(parts.toArray(CompletableFuture[]::new)));
        if (moves && !ofCatalog.moves()) {
            binding = new Binding(binding.directories(), ofCatalog.services());
        }
        if (catalog.waiting().isEmpty()) {
            catalog.gate().release();
        }
    }

    /** Whether a directory is to be in another place. */
    private boolean moves(int index, Binding.Directory wanted) {
        return wanted.services().isPresent()
                && !wanted.url().isEmpty()
                && !wanted.url().equals(directories.get(index).url());
    }

    private void change(int index, Binding.Directory before, Binding.Directory wanted) {
        StorageDirectory directory = directories.get(index);
        if (moves(index, wanted)) {
            move(index, before, wanted);
        } else if (directory.up() && addsOnly(before, wanted)) {
            directory.olds().offer(sessions.olds(index, wanted));
            catalog.attendance().attend(directory);
        } else {
            replace(index, wanted);
        }
        bringOverIfDue(index);
    }

    /** Nothing that is used goes. */
    private static boolean addsOnly(Binding.Directory before, Binding.Directory wanted) {
        return before.services().equals(wanted.services())
                && wanted.olds().entrySet().containsAll(before.olds().entrySet());
    }

    private void replace(int index, Binding.Directory wanted) {
        StorageDirectory directory = directories.get(index);
        String why = wanted.services().isPresent() ? CHANGING : wanted.missing();
        long begin = hold(directory, why);
        catalog.attendance().suspend(directory, why);
        wanted.services().ifPresent(services -> {
            directory.offer(sessions.session(index, services));
            directory.olds().offer(sessions.olds(index, wanted));
            catalog.attendance().attend(directory);
            changed(directory, begin);
        });
    }

    private void changed(StorageDirectory directory, long begin) {
        LOG.info(
                "session changed, log={}, micros={}, state={}, url={}",
                log,
                (System.nanoTime() - begin) / 1_000,
                directory.state(),
                directory.url());
    }

    /** Keeps everybody away from a directory; returns when appends began to wait. */
    private long hold(StorageDirectory directory, String why) {
        hold(directory.upkeep(), why);
        awaitEmpty(directory.upkeep(), "work on " + directory.url(), timeoutMillis / 2);
        long begin = System.nanoTime();
        hold(directory.appends(), why);
        awaitEmpty(directory.appends(), "appends to " + directory.url(), timeoutMillis);
        return begin;
    }

    /** The new place comes up first; if it does not, everything goes on where it is, and is tried again. */
    private void move(int index, Binding.Directory before, Binding.Directory wanted) {
        StorageDirectory directory = directories.get(index);
        String from = directory.url();
        try {
            catalog.attendance()
                    .move(
                            directory,
                            wanted.url(),
                            sessions.session(index, wanted.services().orElseThrow()));
        } catch (IOException | SeawallException e) {
            String why = "not moved to " + wanted.url() + " yet, goes on where it is: " + Causes.line(e);
            if (!why.equals(directory.moving())) {
                LOG.error("directory {}, log={}, url={}", why, log, from);
            }
            directory.moving(why);
            return;
        }
        LOG.info("directory moves, log={}, from={}, url={}", log, from, directory.url());
        directory.moving("");
        before.services().ifPresent(services -> keep(index, from, services));
        catalog.attendance().attend(directory);
        switchOver(directory);
    }

    /** The services of the old place are used as long as collections move from there. */
    private synchronized void keep(int index, String from, Binding.Services services) {
        Map<String, Binding.Services> olds =
                new TreeMap<>(binding.directories().get(index).olds());
        olds.put(from, services);
        binding = binding.with(index, binding.directories().get(index).from(olds));
    }

    private void switchOver(StorageDirectory directory) {
        if (catalog.moves().toSwitch(directory)) {
            catalog.moves().claim(directory);
            held(directory, () -> catalog.moves().switchOver(directory));
        }
    }

    /** Does something while nobody uses the collections of a directory. */
    private void held(StorageDirectory directory, Runnable work) {
        long begin = hold(directory, "collections move");
        try {
            work.run();
        } finally {
            if (directory.up() && !catalog.moves().undecided(directory)) {
                directory.appends().release();
                directory.upkeep().release();
            }
            changed(directory, begin);
        }
    }

    /** Brings collections over that are in other places, in the background, if there are any and that has not begun. */
    void bringOverIfDue(int index) {
        if (!closed && catalog.moves().due(directories.get(index)) && bringing.add(index)) {
            threads.directory(index).moves().execute(() -> {
                try {
                    bringOver(index);
                } finally {
                    bringing.remove(index);
                }
            });
        }
    }

    private void bringOver(int index) {
        StorageDirectory directory = directories.get(index);
        Executor changes = threads.directory(index).changes();
        try {
            CompletableFuture.runAsync(() -> switchOver(directory), changes).join();
            if (catalog.moves().copy(directory, threads.directory(index).reads())) {
                CompletableFuture.runAsync(
                                () -> held(directory, () -> catalog.moves().settle(directory)), changes)
                        .join();
            }
            catalog.moves().clean(directory);
        } catch (RuntimeException e) {
            // the root of the thread: whatever it is, it is tried again
            if (closed) {
                LOG.debug("log closed before its collections were brought over, log={}", log, e);
                return;
            }
            LOG.warn("collections not brought over, tried again, log={}, url={}", log, directory.url(), e);
        }
    }

    /** Those who wait are refused in time, by a thread that does nothing else. */
    private void hold(SessionGate gate, String why) {
        long millis = timeoutMillis;
        if (gate.hold(millis)) {
            LogUnavailableException late = new LogUnavailableException(
                    "services of the log are away for too long, nothing was written, try again, millis=" + millis
                            + ", log=" + log + ": " + why);
            threads.later(millis + 1, () -> gate.refuseIfLate(late));
        }
    }

    private void awaitEmpty(SessionGate gate, String who, long millis) {
        try {
            if (!gate.awaitEmpty(millis)) {
                LOG.warn("session changes without waiting any longer for {}, log={}", who, log);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            LOG.warn("session changes without waiting for {}, log={}", who, log, e);
        }
    }

    private void await(CompletableFuture<Void> parts) {
        try {
            parts.get(timeoutMillis, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.error("services are still in use, since a storage does not answer, log={}", log);
        } catch (ExecutionException e) {
            LOG.error("session not changed as a whole, log={}", log, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Refuses who waits; nobody will. The locks of directories go with them. */
    void refuseAll() {
        closed = true;
        catalog.moves().stop();
        LogClosedException why = new LogClosedException("log is closed, nothing was written, log=" + log);
        directories.forEach(directory -> {
            directory.appends().refuse(why);
            directory.upkeep().refuse(why);
        });
        catalog.gate().refuse(why);
    }

    /** Lets the lock of the catalog go. */
    @Override
    public void close() {
        ofCatalog.close();
    }
}
