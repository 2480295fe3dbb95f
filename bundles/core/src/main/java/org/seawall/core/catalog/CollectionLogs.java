package org.seawall.core.catalog;

import java.io.IOException;
import java.util.Optional;
import org.seawall.LogFencedException;
import org.seawall.LogUnavailableException;
import org.seawall.Recovery;
import org.seawall.Recovery.Verdict;
import org.seawall.SeawallException;
import org.seawall.catalog.CollectionInfo;
import org.seawall.core.directory.MovedFrom;
import org.seawall.core.directory.Place;
import org.seawall.core.directory.Site;
import org.seawall.core.directory.StorageDirectory;
import org.seawall.core.engine.AcrossFiles;
import org.seawall.core.engine.BatchLog;
import org.seawall.core.engine.Continuation;
import org.seawall.core.engine.LogLayout;
import org.seawall.core.engine.Opening;
import org.seawall.core.engine.Progress;
import org.seawall.core.engine.Remains;
import org.seawall.core.engine.Session;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The logs of the catalog's collections: made, opened, recovered after a failure, closed, removed. */
final class CollectionLogs {
    private static final Logger LOG = LoggerFactory.getLogger(CollectionLogs.class);

    private CollectionLogs() {}

    /**
     * Makes the log of a new collection.
     *
     * @throws LogUnavailableException if the directory cannot be written to; a part of the files may be there
     */
    static OpenCollection create(CollectionInfo info, EffectiveSettings settings, StorageDirectory directory) {
        Site site = directory.site();
        LogLayout layout = layout(info, site.root());
        directory.creations().incrementAndGet();
        try {
            Opening opening = new Opening.Opened(BatchLog.create(session(site, settings, directory), layout));
            CollectionRecord record = new CollectionRecord(info, site.place(), false);
            return new OpenCollection(record, settings, Optional.of(directory), opening);
        } catch (IOException e) {
            removeRest(layout, site);
            throw new LogUnavailableException(
                    "collection's files not created, collection=" + info.name() + ", directory=" + layout.directory(),
                    e);
        } finally {
            directory.creations().decrementAndGet();
        }
    }

    /**
     * Opens a collection that is not open, or anew one whose storage failed. One that cannot be recovered is there, but
     * unavailable.
     *
     * @return whether it was not open and takes appends now
     */
    static boolean open(OpenCollection collection, StorageDirectory directory) {
        synchronized (collection) {
            if (collection.closed() || !collection.mayOpen()) {
                return false;
            }
            Opening before = collection.opening();
            if (before instanceof Opening.Held held) {
                return goneOn(collection, held, directory);
            }
            Optional<BatchLog> failed = collection.openLog();
            failed.ifPresent(CollectionLogs::closeFiles);
            Opening opening = failed.isPresent()
                    ? openedAfterFailure(collection, failed.get(), directory)
                    : opened(collection, directory);
            tell(collection.info().name(), before, opening);
            if (failed.isPresent() && unavailable(opening)) {
                stayFenced(failed.get(), opening);
                return false; // what is in the memory of the failed log is still read
            }
            if (failed.isEmpty()
                    && opening instanceof Opening.Opened opened
                    && directory.site(collection.place()).shared()) {
                collection.unconfirmed(Optional.of(opened.log()));
                return false; // see confirm
            }
            collection.reopened(opening);
            failed.ifPresent(CollectionLogs::close);
            return opening instanceof Opening.Opened;
        }
    }

    /**
     * Lets a collection be used that was taken over on a storage without locks, after the catalog says that it has not gone to
     * another place before the fence was there.
     *
     * @return whether it takes appends that did not before
     */
    static boolean confirm(OpenCollection collection) {
        synchronized (collection) {
            Optional<BatchLog> log = collection.unconfirmed();
            collection.unconfirmed(Optional.empty());
            if (log.isEmpty() || collection.closed()) {
                return false;
            }
            collection.reopened(new Opening.Opened(log.get()));
            return true;
        }
    }

    /** Closes what was taken over, since the catalog could not be looked at. */
    static void giveUp(OpenCollection collection, SeawallException cause) {
        synchronized (collection) {
            collection.unconfirmed().ifPresent(CollectionLogs::close);
            collection.unconfirmed(Optional.empty());
            if (!collection.closed()) {
                collection.reopened(Opening.Refused.unavailable(cause));
            }
        }
    }

    /** Goes on with the services that are there now. If they are of no use it waits for others, with its memory. */
    private static boolean goneOn(OpenCollection collection, Opening.Held held, StorageDirectory directory) {
        BatchLog before = held.before();
        Opening opening = held.end().isPresent()
                ? continued(collection, held.end().get(), directory)
                : openedAfterFailure(collection, before, directory);
        if (unavailable(opening)) {
            String why = ((Opening.Refused) opening).report().detail();
            if (!why.equals(held.why())) {
                tell(collection.info().name(), new Opening.Opened(before), opening);
            }
            Optional<LogFencedException> fence = Continuation.fence(opening);
            fence.ifPresent(before::fence);
            collection.reopened(
                    fence.isPresent() ? new Opening.Opened(before) : new Opening.Held(before, held.end(), why));
            return false;
        }
        collection.reopened(opening);
        boolean sameMemory =
                opening instanceof Opening.Opened opened && opened.log().memtable() == before.memtable();
        if (!sameMemory) {
            tell(collection.info().name(), new Opening.Opened(before), opening);
            close(before);
        }
        return opening instanceof Opening.Opened;
    }

    /** Says why a collection is not open. What is in memory of one that waits stays there. */
    static void refuse(OpenCollection collection, LogUnavailableException why) {
        synchronized (collection) {
            collection.reopened(
                    collection.opening() instanceof Opening.Held held
                            ? new Opening.Held(held.before(), held.end(), why.getMessage())
                            : Opening.Refused.unavailable(why));
        }
    }

    private static Opening continued(OpenCollection collection, Continuation end, StorageDirectory directory) {
        try {
            return end.open(session(collection, directory));
        } catch (LogUnavailableException e) {
            return Opening.Refused.unavailable(e); // the directory went meanwhile
        }
    }

    /** Opens what another process has created, now that it is used here. */
    static void openIfElsewhere(OpenCollection collection, StorageDirectory directory) {
        synchronized (collection) {
            if (collection.opening() instanceof Opening.Elsewhere && directory.up()) {
                collection.reopened(new Opening.Recovering(new Progress()));
                open(collection, directory);
            }
        }
    }

    private static Opening opened(OpenCollection collection, StorageDirectory directory) {
        Progress progress = new Progress();
        collection.reopened(new Opening.Recovering(progress));
        try {
            Session session = session(collection, directory);
            Site site = directory.site(collection.place());
            return BatchLog.open(session, layout(collection.info(), site.root()), progress);
        } catch (LogUnavailableException e) {
            return Opening.Refused.unavailable(e); // the directory went meanwhile
        }
    }

    /** A directory whose disk was taken away must not be met as an empty one. */
    private static Opening openedAfterFailure(OpenCollection collection, BatchLog failed, StorageDirectory directory) {
        try {
            directory.verify(collection.place());
            return BatchLog.openAfterFailure(session(collection, directory), failed);
        } catch (IOException | SeawallException e) {
            return Opening.Refused.unavailable(e);
        }
    }

    /** What was open before has failed. */
    private static void tell(String name, Opening before, Opening opening) {
        if (opening instanceof Opening.Refused refused) {
            tellRefused(name, before, refused.report());
        } else if (opening instanceof Opening.Opened opened) {
            tellOpened(name, before instanceof Opening.Opened, opened.log().recovery());
        }
    }

    private static void tellRefused(String name, Opening before, Recovery report) {
        if (before instanceof Opening.Opened) {
            LOG.warn(
                    "collection not recovered yet, collection={}, verdict={}: {}",
                    name,
                    report.verdict(),
                    report.detail());
            return;
        }
        boolean said =
                before instanceof Opening.Refused last && last.report().detail().equals(report.detail());
        if (!said) {
            LOG.error(
                    "collection is unavailable, collection={}, verdict={}: {}",
                    name,
                    report.verdict(),
                    report.detail());
        }
    }

    private static void tellOpened(String name, boolean failed, Recovery recovery) {
        if (recovery.verdict() == Verdict.TORN_TAIL) {
            LOG.warn(
                    "a write that was cut off and never acknowledged was moved to the archive, collection={}: {}",
                    name,
                    recovery.detail());
        }
        if (failed) {
            LOG.info("collection recovered after a failure, collection={}", name);
        }
        LOG.debug("collection is open, collection={}, recovery={}", name, recovery);
    }

    private static void stayFenced(BatchLog failed, Opening opening) {
        Continuation.fence(opening).ifPresent(failed::fence);
    }

    private static boolean unavailable(Opening opening) {
        return opening instanceof Opening.Refused refused && refused.report().verdict() == Verdict.UNAVAILABLE;
    }

    /**
     * Seals and closes the log of a collection whose services go, and says why. What is in memory is still read; it goes on
     * when there are services again.
     */
    static void hold(OpenCollection collection, String why) {
        synchronized (collection) {
            Opening now = collection.opening();
            if (collection.closed()) {
                return;
            }
            collection.unconfirmed().ifPresent(CollectionLogs::close);
            collection.unconfirmed(Optional.empty());
            if (now instanceof Opening.Opened opened) {
                hold(collection, opened.log(), why);
            } else if (now instanceof Opening.Held held) {
                collection.reopened(new Opening.Held(held.before(), held.end(), why));
            } else if (!(now instanceof Opening.Elsewhere)) {
                // also what was refused: other services may read it
                collection.reopened(Opening.Refused.unavailable(new LogUnavailableException(why)));
            }
        }
    }

    /** Says why a collection is not open, unless somebody has opened it by now. */
    static void holdUnlessOpen(OpenCollection collection, String why) {
        synchronized (collection) {
            if (collection.mayOpen()) {
                hold(collection, why);
            }
        }
    }

    private static void hold(OpenCollection collection, BatchLog log, String why) {
        if (log.failure().filter(LogFencedException.class::isInstance).isPresent()) {
            closeFiles(log); // it stays as it is: another writer's
            return;
        }
        try {
            collection.reopened(new Opening.Held(log, Optional.of(log.seal()), why));
        } catch (SeawallException e) {
            LOG.debug(
                    "collection not sealed, it is recovered later, collection={}",
                    collection.info().name(),
                    e);
            closeFiles(log);
            collection.reopened(new Opening.Held(log, Optional.empty(), why));
        }
    }

    /** Closes a collection's log for good. */
    static void close(OpenCollection collection) {
        synchronized (collection) {
            collection.markClosed();
            collection.unconfirmed().ifPresent(CollectionLogs::close);
            collection.unconfirmed(Optional.empty());
            collection.inMemory().ifPresent(CollectionLogs::close);
        }
    }

    /**
     * Removes the files of a collection, wherever they are.
     *
     * @throws LogUnavailableException if a place where some may be is not there
     */
    static void remove(CollectionRecord record, StorageDirectory directory) throws IOException {
        if (record.from().isPresent()) {
            removeOld(record, directory, () -> true);
        }
        Site site = directory.site(record.place());
        files(site).deleteTree(layout(record.info(), site.root()).directory());
    }

    /** Removes what is left of a collection in the place that it was moved from, and returns whether all is gone. */
    static boolean removeOld(CollectionRecord record, StorageDirectory directory, Remains.Check check)
            throws IOException {
        Place place = record.from().orElseThrow().place();
        Site old = directory
                .oldSite(place)
                .orElseThrow(
                        () -> new LogUnavailableException("place that a collection was moved from is not there, url="
                                + place.url() + ": " + directory.olds().why(place)));
        return new Remains(old.session(), layout(record.info(), old.root())).delete(check);
    }

    /** What no collection names is harmless, but a full disk is tried again and again. */
    private static void removeRest(LogLayout layout, Site site) {
        try {
            files(site).deleteTree(layout.directory());
        } catch (IOException | SeawallException e) {
            LOG.debug("rest of a collection that was not created stays, directory={}", layout.directory(), e);
        }
    }

    private static FileSystem files(Site site) {
        return site.session().backend().fileSystem();
    }

    static void close(BatchLog log) {
        try {
            log.close();
        } catch (SeawallException e) {
            LOG.warn("collection not closed cleanly", e);
        }
    }

    static void closeFiles(BatchLog log) {
        try {
            log.closeFiles();
        } catch (SeawallException e) {
            LOG.debug("files of a failed log not closed cleanly", e);
        }
    }

    private static Session session(Site site, EffectiveSettings settings, StorageDirectory directory) {
        return site.session()
                .with(() -> settings.get().engine())
                .until(() -> directory.upkeep().held());
    }

    /** Reads across two places as long as not everything is in one. */
    private static Session session(OpenCollection collection, StorageDirectory directory) {
        collection.readsAcross(collection.record().across());
        return session(collection.record(), collection.effective(), directory);
    }

    static Session session(CollectionRecord record, EffectiveSettings settings, StorageDirectory directory) {
        Session plain = session(directory.site(record.place()), settings, directory);
        return record.across() ? plain.on(across(record, directory)) : plain;
    }

    /** The files of a collection that is in two places. */
    static AcrossFiles across(CollectionRecord record, StorageDirectory directory) {
        MovedFrom from = record.from().orElseThrow();
        Site site = directory.site(record.place());
        Location old = directory
                .oldSite(from.place())
                .map(Site::root)
                .orElseGet(() -> Location.parse(from.place().url()));
        return new AcrossFiles(
                files(site),
                layout(record.info(), site.root()),
                new AcrossFiles.Old(directory.oldFiles(from.place()), layout(record.info(), old)),
                from.crossing());
    }

    static LogLayout layout(CollectionInfo info, Location root) {
        return LogLayout.collection(info.id().toString(), root, info.created());
    }
}
