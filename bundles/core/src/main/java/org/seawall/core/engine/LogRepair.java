package org.seawall.core.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.seawall.core.engine.InspectedFile.Sound;
import org.seawall.inspection.FileReport;
import org.seawall.inspection.Repair.Action;
import org.seawall.inspection.Repair.Step;
import org.seawall.inspection.Verdict;
import org.seawall.spi.filesystem.AppendFile;
import org.seawall.spi.filesystem.Capability;
import org.seawall.spi.filesystem.FileInfo;
import org.seawall.spi.filesystem.FileInput;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;
import org.seawall.spi.serializer.SegmentFormat;
import org.seawall.spi.serializer.SegmentHeader;

/**
 * Repairs the files of one log that nobody has open. First copies of all files that are touched are durable; then what is
 * given up goes, from the end of the log backwards, so that after a crash the same damage is found at the same place and the
 * same repair is done again.
 */
public final class LogRepair {
    private final LogFiles files;
    private final LogLayout layout;
    private final boolean perCommit;
    private final Instant now;
    private final FileCopy copies;

    /**
     * A repair.
     *
     * @param files the log's files
     * @param perCommit whether every commit has a segment of its own and there is no active one
     * @param now the moment, for names
     */
    public LogRepair(LogFiles files, boolean perCommit, Instant now) {
        this.files = files;
        this.layout = files.layout();
        this.perCommit = perCommit;
        this.now = now;
        this.copies = new FileCopy(files.fileSystem(), files.fileSystem());
    }

    /**
     * The tail of the active segment that was never acknowledged.
     *
     * @param name the log's name
     * @param found what an inspection found
     * @return the step that cuts it off, if nothing else is wrong before it
     */
    public Optional<Step> tornTail(String name, Inspected found) {
        return firstDamage(found)
                .filter(file -> file.report().verdict() == Verdict.TORN_TAIL)
                .map(file -> new Step(
                        name,
                        Action.CUT_TORN_TAIL,
                        List.of(file.location().toString()),
                        aside().directory().toString(),
                        0,
                        0,
                        0,
                        0,
                        file.report().detail()));
    }

    /** Cuts the tail off. */
    public void cutTornTail(Inspected found) throws IOException {
        InspectedFile active = firstDamage(found).orElseThrow();
        aside().keep(active.location());
        cut(active.location(), active.report().offset());
    }

    /**
     * What would be given up to make the log usable again.
     *
     * @param name the log's name
     * @param found what an inspection found
     * @return the step, or empty if the log is usable, or has nothing that it could go on from
     */
    public Optional<Step> truncation(String name, Inspected found) {
        Optional<InspectedFile> damage = firstDamage(found)
                .filter(file -> file.report().verdict() != Verdict.TORN_TAIL)
                .filter(this::canGoOnBefore);
        return damage.map(file -> step(name, file, behind(found, file)));
    }

    private Step step(String name, InspectedFile damage, List<InspectedFile> behind) {
        long batches = damage.report().batches() - damage.sound().batches();
        long entries = damage.report().entries() - damage.sound().entries();
        long last = damage.report().lastSequence();
        for (InspectedFile file : behind) {
            batches += file.report().batches();
            entries += file.report().entries();
            last = Math.max(last, file.report().lastSequence());
        }
        long kept = Math.max(
                damage.sound().lastSequence(),
                damage.before().map(head -> head.nextSequence() - 1).orElse(0L));
        List<String> touched = new ArrayList<>(List.of(damage.location().toString()));
        behind.forEach(file -> touched.add(file.location().toString()));
        return new Step(
                name,
                Action.TRUNCATE,
                touched,
                aside().directory().toString(),
                batches,
                entries,
                entries == 0 ? 0 : kept + 1,
                entries == 0 ? 0 : last,
                damage.report().detail());
    }

    /** Gives up everything behind the first damage. */
    public void truncate(Inspected found) throws IOException {
        InspectedFile damage = firstDamage(found).orElseThrow();
        List<Location> behind = new ArrayList<>();
        behind(found, damage).forEach(file -> behind.add(file.location()));
        behind.addAll(prepared());
        Aside aside = aside();
        for (Location file : behind) {
            keep(aside, file);
        }
        keep(aside, damage.location());
        Collections.reverse(behind);
        for (Location file : behind) {
            copies.delete(file);
        }
        if (perCommit) {
            truncateObject(damage);
        } else {
            makeActive(damage);
        }
    }

    private void truncateObject(InspectedFile damage) throws IOException {
        Sound sound = damage.sound();
        if (sound.batches() == 0) {
            copies.delete(damage.location());
            return;
        }
        cut(damage.location(), sound.end());
    }

    /** What is sound of the damaged segment becomes the active one, or a new one takes its place. */
    private void makeActive(InspectedFile damage) throws IOException {
        Location active = layout.segments().active();
        long end = damage.sound().end();
        if (damage.location().equals(active) && end > 0) {
            cut(active, end);
            return;
        }
        copies.delete(active);
        if (end > 0) {
            copies.copy(damage.location(), end, active);
            copies.delete(damage.location());
        } else {
            copies.delete(damage.location());
            files.fileSystem()
                    .create(active, List.of(begun(damage.before().orElseThrow()).headerBytes()));
        }
    }

    private SegmentFormat begun(Head head) {
        long number = head.segment() + 1;
        return files.readers()
                .get(0)
                .begin(new SegmentHeader(
                        layout.id(),
                        number,
                        head.epoch() + 1,
                        head.nextSequence(),
                        head.name(),
                        head.chain(),
                        SegmentName.of(layout.prefix(), number + 1, now),
                        Optional.empty(),
                        now.toEpochMilli()));
    }

    /**
     * The files off the chain, as far as nobody can be about to put them on it.
     *
     * @param name the log's name
     * @param found what an inspection found
     * @return the step that removes them, if there are any
     */
    public Optional<Step> orphans(String name, Inspected found) {
        List<FileReport> orphans =
                orphans(found).stream().map(InspectedFile::report).toList();
        return orphans.isEmpty()
                ? Optional.empty()
                : Optional.of(new Step(
                        name,
                        Action.DROP_ORPHANS,
                        orphans.stream().map(FileReport::file).toList(),
                        aside().directory().toString(),
                        0,
                        0,
                        0,
                        0,
                        orphans.get(0).detail()));
    }

    /** Removes the files off the chain. */
    public void dropOrphans(Inspected found) throws IOException {
        Aside aside = aside();
        for (InspectedFile file : orphans(found)) {
            aside.keep(file.location());
        }
        for (InspectedFile file : orphans(found)) {
            copies.delete(file.location());
        }
    }

    /** Where no lock keeps writers away, a segment behind the end may be in flight, and arrive before the one before it. */
    private List<InspectedFile> orphans(Inspected found) {
        boolean locked = files.fileSystem().capabilities().contains(Capability.LOCK);
        long end = found.head().map(Head::segment).orElse(0L);
        return found.files().stream()
                .filter(file -> file.report().verdict() == Verdict.ORPHAN)
                .filter(file -> locked || file.report().number() <= end)
                .toList();
    }

    private static Optional<InspectedFile> firstDamage(Inspected found) {
        return found.files().subList(0, found.onChain()).stream()
                .filter(file -> file.report().verdict() != Verdict.COMPLETE
                        && file.report().verdict() != Verdict.ORPHAN)
                .findFirst();
    }

    /** A snapshot has nothing before it, and what could not be read may be whole. */
    private boolean canGoOnBefore(InspectedFile file) {
        boolean segment =
                file.report().kind() == FileReport.Kind.SEGMENT || file.report().kind() == FileReport.Kind.ACTIVE;
        boolean lost =
                file.report().verdict() != Verdict.UNREADABLE && file.report().verdict() != Verdict.FORMAT_TOO_NEW;
        return segment && lost && (file.sound().end() > 0 || file.before().isPresent());
    }

    private static List<InspectedFile> behind(Inspected found, InspectedFile damage) {
        int at = found.files().indexOf(damage);
        return found.files().subList(at + 1, found.onChain());
    }

    /** What was made ready would be taken for the active segment once that is gone. */
    private List<Location> prepared() throws IOException {
        List<Location> prepared = new ArrayList<>();
        Optional<FileInfo> next = files.fileSystem().find(layout.segments().next());
        next.ifPresent(info -> prepared.add(info.location()));
        return prepared;
    }

    private void keep(Aside aside, Location file) throws IOException {
        if (files.fileSystem().find(file).isPresent()) {
            aside.keep(file);
        }
    }

    private Aside aside() {
        return new Aside(files.fileSystem(), layout, now);
    }

    private void cut(Location file, long end) throws IOException {
        FileSystem storage = files.fileSystem();
        if (storage.capabilities().contains(Capability.APPEND)) {
            AppendFile open = storage.openAppendable(file, end);
            try (open) {
                open.truncate(end);
                open.force();
            }
            return;
        }
        FileInfo info = storage.find(file).orElseThrow();
        ByteBuffer kept = ByteBuffer.allocate(Math.toIntExact(end));
        try (FileInput input = storage.open(file)) {
            input.read(0, kept);
        }
        storage.replace(file, List.of(kept.flip()), Optional.of(info.version()));
    }
}
