package org.seawall.simulation;

import java.util.EnumSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.seawall.Acknowledgement;
import org.seawall.OutcomeUnknownException;
import org.seawall.Recovery.Verdict;
import org.seawall.SequenceRange;
import org.seawall.core.catalog.OpenCollection;
import org.seawall.core.catalog.StoredCatalog;
import org.seawall.core.directory.StorageDirectory;
import org.seawall.core.engine.Appended;
import org.seawall.core.engine.BatchLog;
import org.seawall.spi.serializer.BatchSerializer;
import org.seawall.testkit.FaultyFileSystem;
import org.seawall.testkit.Moment;

/** A process that has a log open. What it does after its death nobody learns. */
final class Process {
    /** What a log shows that is closed, or that is about to be opened. */
    private static final Set<Verdict> MAY_BE_CLOSED = EnumSet.of(Verdict.COMPLETE, Verdict.TORN_TAIL);

    private final World world;
    private final String name;
    private final FaultyFileSystem files;
    private final Faults faults;
    private final Commits commits;
    private final Commits creations;
    private final StorageDirectory directory;
    private final BatchSerializer serializer;
    private final Map<BatchLog, Opening> openings = new IdentityHashMap<>();
    private Map<String, Integer> knownBefore = Map.of();
    private Optional<StoredCatalog> catalog = Optional.empty();
    private boolean stopping;
    private boolean dead;

    Process(World world, String name, FaultyFileSystem files, Weather weather) {
        this.world = world;
        this.name = name;
        this.files = files;
        SplittableRandom random = world.random();
        this.serializer =
                world.serializers().get(random.nextInt(world.serializers().size()));
        this.faults = new Faults(world.scheduler(), weather);
        this.faults.over(files);
        this.commits = new Commits(world.scheduler(), this, name + ".commit");
        this.creations = new Commits(world.scheduler(), this, name + ".create");
        this.directory = world.directory(this);
        world.started(this);
    }

    World world() {
        return world;
    }

    String name() {
        return name;
    }

    FaultyFileSystem files() {
        return files;
    }

    Faults faults() {
        return faults;
    }

    Commits commits() {
        return commits;
    }

    /** The threads of a strategy that creates several objects at once. */
    Commits creations() {
        return creations;
    }

    /** Somebody who begins what was submitted, if anything was. */
    Optional<Fiber> begin() {
        return commits.begin().or(creations::begin);
    }

    BatchSerializer serializer() {
        return serializer;
    }

    boolean dead() {
        return dead;
    }

    /** Lets it do nothing more on the storage. */
    void end() {
        files.stopAt(1, Moment.BEFORE);
        faults.calm();
    }

    /** Whether it may have failed without an error of the engine. */
    boolean hampered() {
        return dead || files.stopped() || faults.struck() > 0 || world.shared();
    }

    /** Whether its actors should end. */
    boolean ending() {
        return stopping || dead;
    }

    void stop() {
        stopping = true;
    }

    void die() {
        dead = true;
        commits.end();
        creations.end();
    }

    StoredCatalog catalog() {
        return catalog.orElseThrow();
    }

    /** Opens what failed or could not be opened. */
    void attend() {
        catalog().attendance().attend(directory);
    }

    Optional<StoredCatalog> openCatalog() {
        return catalog;
    }

    /** Opens the log, and holds what is there against what is known. */
    void open() {
        knownBefore = world.sizes();
        StoredCatalog opened = StoredCatalog.open(world.session(this, directory));
        if (dead) {
            return;
        }
        catalog = Optional.of(opened);
        world.collections().recovered(opened);
        for (OpenCollection collection : opened.all()) {
            boolean open = opening(collection).isPresent();
            Check.that(open || hampered(), () -> "not recovered after mere crashes, status=" + collection.status());
        }
    }

    /** The opening behind a collection; one that is new is held against what is known. Empty if there is none. */
    Optional<Opening> opening(OpenCollection collection) {
        Optional<BatchLog> log = collection.openLog();
        if (log.isEmpty()) {
            Verdict verdict = collection.status().recovery().verdict();
            Check.that(
                    verdict == Verdict.UNAVAILABLE ? hampered() : MAY_BE_CLOSED.contains(verdict),
                    () -> "not recovered after mere crashes, recovery="
                            + collection.status().recovery());
            return Optional.empty();
        }
        return Optional.of(openings.computeIfAbsent(log.get(), open -> met(collection, open)));
    }

    private Opening met(OpenCollection collection, BatchLog log) {
        String id = collection.info().id().toString();
        History history = world.collections().history(id);
        Opening opening = new Opening(log, this, history);
        boolean first = openings.values().stream().noneMatch(other -> other.history() == history);
        int before = first ? knownBefore.getOrDefault(id, 0) : world.shared() ? 0 : history.size();
        history.recovered(opening, before, world.scheduler().clock().millis());
        return opening;
    }

    /** Appends a batch, and learns what becomes of it. */
    CompletableFuture<SequenceRange> append(Opening opening, Batch batch, Acknowledgement level) {
        Appended told = opening.log().append(serializer.encode(batch.entries(), 1), level);
        opening.history().submitted(opening, batch);
        if (level == Acknowledgement.OS || level == Acknowledgement.PERIODIC) {
            told.acknowledged().thenRun(() -> {
                if (!dead) {
                    opening.written(batch);
                }
            });
        }
        told.durable().whenComplete((range, failure) -> {
            if (!dead) {
                world.learn(() -> learned(opening, batch, range, failure));
            }
        });
        return told.acknowledged();
    }

    private void learned(Opening opening, Batch batch, SequenceRange range, Throwable failure) {
        if (failure == null) {
            world.scheduler().note(name + " acknowledged " + batch + " " + range);
            opening.history().acknowledged(opening, batch, range);
            return;
        }
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        world.scheduler()
                .note(name + " failed " + batch + " " + cause.getClass().getSimpleName());
        opening.fail();
        if (!(cause instanceof OutcomeUnknownException)) {
            opening.history().refused(opening, batch);
        }
    }

    /** Whether the log takes nothing any more because its catalog failed. */
    boolean catalogFailed() {
        return catalog.map(open -> open.failure().isPresent()).orElse(false);
    }

    List<OpenCollection> all() {
        return catalog.map(open -> List.copyOf(open.all())).orElse(List.of());
    }

    @Override
    public String toString() {
        return name;
    }
}
