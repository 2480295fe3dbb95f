package org.seawall.viper.store;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.seawall.LogFencedException;
import org.seawall.OutcomeUnknownException;
import org.seawall.catalog.Metric;
import org.seawall.viper.manifest.DeleteVector;
import org.seawall.viper.manifest.LostRaceException;
import org.seawall.viper.manifest.Manifest;
import org.seawall.viper.manifest.ManifestLog;

/**
 * What the store consists of now, and how that changes: one commit after the other. A change is a function of the contents that it is
 * committed on, since it is made again on the newest when another writer was faster. Safe for use by several threads.
 */
final class Committer {
    private final StoreFiles files;
    private final ManifestLog log;
    private final long epoch;
    private volatile Contents contents;
    private boolean inDoubt;

    /** A change of the contents. */
    interface Change {
        /**
         * Makes a proposal, whose files are durable.
         *
         * @return empty if there is nothing to change
         */
        Optional<Proposal> on(Contents base) throws IOException;
    }

    private Committer(StoreFiles files, long epoch, Contents contents) {
        this.files = files;
        this.log = new ManifestLog(files.files(), files.manifests());
        this.epoch = epoch;
        this.contents = contents;
    }

    /**
     * Opens what is there, or begins it, and fences writers of lower epochs off.
     *
     * @throws LogFencedException if a writer of a higher epoch has been there
     * @throws IllegalArgumentException if it is of another dimension or metric
     * @throws IOException if the storage fails
     */
    static Committer open(StoreFiles files, int dimension, Metric metric, long epoch) throws IOException {
        ManifestLog log = new ManifestLog(files.files(), files.manifests());
        while (true) {
            Optional<Manifest> newest = log.newest();
            newest.ifPresent(manifest -> check(manifest, dimension, metric, epoch, files));
            if (newest.isPresent() && newest.get().epoch() == epoch) {
                return new Committer(files, epoch, Contents.load(files, newest.get(), Map.of()));
            }
            Manifest first = new Manifest(1, epoch, UUID.randomUUID(), 0, dimension, metric, List.of(), List.of());
            Manifest fence = newest.map(manifest -> manifest.next(epoch, manifest.flushed(), manifest.parts()))
                    .orElse(first);
            try {
                log.commit(fence);
            } catch (LostRaceException e) {
                continue;
            }
            return new Committer(files, epoch, Contents.load(files, fence, Map.of()));
        }
    }

    private static void check(Manifest manifest, int dimension, Metric metric, long epoch, StoreFiles files) {
        checkEpoch(manifest, epoch, files);
        if (manifest.dimension() != dimension || manifest.metric() != metric) {
            throw new IllegalArgumentException(
                    "store of another collection, expected=" + dimension + " " + metric + ", actual="
                            + manifest.dimension() + " " + manifest.metric() + ", directory=" + files.directory());
        }
    }

    private static void checkEpoch(Manifest manifest, long epoch, StoreFiles files) {
        if (manifest.epoch() > epoch) {
            throw new LogFencedException("another writer has taken the store over, epoch=" + epoch + ", its epoch="
                    + manifest.epoch() + ", directory=" + files.directory());
        }
    }

    Contents contents() {
        return contents;
    }

    ManifestLog log() {
        return log;
    }

    /**
     * Commits a change.
     *
     * @return the contents with it; as they are if there was nothing to change
     * @throws LogFencedException if a writer of a higher epoch has taken the store over
     * @throws OutcomeUnknownException if it may or may not be committed; the next commit finds out
     * @throws IOException if the storage fails; it is not committed
     */
    synchronized Contents commit(Change change) throws IOException {
        if (inDoubt) {
            reload();
        }
        while (true) {
            Contents base = contents;
            Optional<Proposal> proposal = change.on(base);
            if (proposal.isEmpty()) {
                return base;
            }
            try {
                log.commit(proposal.get().manifest());
                Map<String, DeleteVector> known = new TreeMap<>(base.byFile());
                known.putAll(proposal.get().vectors());
                contents = Contents.load(files, proposal.get().manifest(), known);
                return contents;
            } catch (LostRaceException e) {
                reload();
            } catch (OutcomeUnknownException e) {
                inDoubt = true;
                throw e;
            }
        }
    }

    /**
     * Reads the newest manifest, whoever committed it.
     *
     * @throws LogFencedException if a writer of a higher epoch has taken the store over
     */
    synchronized Contents reload() throws IOException {
        Manifest newest = log.newest()
                .orElseThrow(() -> new java.nio.file.NoSuchFileException(
                        files.manifests().toString(), null, "no manifest, although there was one"));
        checkEpoch(newest, epoch, files);
        if (newest.version() != contents.manifest().version()) {
            contents = Contents.load(files, newest, contents.byFile());
        }
        inDoubt = false;
        return contents;
    }
}
