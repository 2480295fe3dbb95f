package org.seawall.core.engine;

import java.io.IOException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.seawall.spi.filesystem.Capability;
import org.seawall.spi.filesystem.FileInfo;
import org.seawall.spi.filesystem.FileInput;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;
import org.seawall.spi.strategy.SegmentFile;

/**
 * What a snapshot or a compaction replaced, by the moment at which it did: {@code archive/20250628_140000/}, and
 * {@code archive/20250628_140000_02/} for a second one in that second. A segment is moved here after what replaces it is
 * durable, a snapshot is copied before it is replaced. The oldest generations go when there are more than are kept.
 */
final class Archive {
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("uuuuMMdd_HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final int MOMENT_LENGTH = 15;
    private static final Pattern GENERATION = Pattern.compile("[0-9]{8}_[0-9]{6}(_[0-9]{2,6})?");

    private final FileSystem fileSystem;
    private final LogLayout layout;

    /** When the generations were archived that the last prune left; empty if there may be others. */
    private Optional<List<Instant>> known = Optional.empty();

    Archive(FileSystem fileSystem, LogLayout layout) {
        this.fileSystem = fileSystem;
        this.layout = layout;
    }

    /** A moment as the name of a directory. */
    static String moment(Instant moment) {
        return MOMENT.format(moment);
    }

    /** The directory of what is archived at a moment. */
    static Location generation(LogLayout layout, Instant moment) {
        return layout.archive().child(moment(moment));
    }

    /** The directory of a new generation, which has a name of its own; it is there when something is in it. */
    Location generation(Instant moment) throws IOException {
        known = Optional.empty();
        Location generation = generation(layout, moment);
        for (int n = 2; fileSystem.find(generation).isPresent(); n++) {
            generation = layout.archive().child(String.format(Locale.ROOT, "%s_%02d", MOMENT.format(moment), n));
        }
        return generation;
    }

    /** Moves files of one directory to a generation. Durable on return. */
    void retire(List<SegmentFile> files, Location generation) throws IOException {
        if (files.isEmpty()) {
            return;
        }
        Set<Capability> can = fileSystem.capabilities();
        for (SegmentFile segment : files) {
            Location file = segment.location();
            if (can.contains(Capability.ATOMIC_RENAME)) {
                fileSystem.rename(file, generation.child(file.name()));
            } else {
                copy(segment, generation);
                fileSystem.delete(file);
            }
        }
        if (can.contains(Capability.FORCE)) {
            fileSystem.forceDirectory(generation);
            fileSystem.forceDirectory(files.get(0).location().parent());
        }
    }

    /** Copies a file to a generation. Durable on return. */
    void copy(Location file, Location generation) throws IOException {
        copy(new SegmentFile(file, 0, false), generation);
    }

    private void copy(SegmentFile file, Location generation) throws IOException {
        try (FileInput input = SegmentRead.opened(file, fileSystem)) {
            fileSystem.create(generation.child(file.location().name()), FileCopy.chunks(input, input.size()));
        }
    }

    /**
     * Deletes the generations that are too old, and the oldest beyond a number. The directory of one that never came to be,
     * since the disk was full, goes, too, and counts for none.
     */
    void prune(int kept, long keptMillis, Instant now) throws IOException {
        List<FileInfo> generations = new ArrayList<>();
        for (FileInfo generation : generations()) {
            if (fileSystem.list(generation.location()).isEmpty()) {
                fileSystem.deleteTree(generation.location());
            } else {
                generations.add(generation);
            }
        }
        int surplus = Math.max(0, generations.size() - kept);
        List<Instant> left = new ArrayList<>();
        for (int i = 0; i < generations.size(); i++) {
            Instant moment = moment(generations.get(i));
            if (i < surplus || aged(moment, keptMillis, now)) {
                fileSystem.deleteTree(generations.get(i).location());
            } else {
                left.add(moment);
            }
        }
        known = Optional.of(left);
    }

    /** Whether there may be something to prune, without a look at the storage where this archive knows what it holds. */
    boolean mayPrune(int kept, long keptMillis, Instant now) {
        return known.isEmpty()
                || known.get().size() > kept
                || known.get().stream().anyMatch(moment -> aged(moment, keptMillis, now));
    }

    private static boolean aged(Instant moment, long keptMillis, Instant now) {
        return keptMillis > 0 && moment.plusMillis(keptMillis).isBefore(now);
    }

    /** The generations, the oldest first. */
    List<FileInfo> generations() throws IOException {
        return fileSystem.list(layout.archive()).stream()
                .filter(info ->
                        info.directory() && GENERATION.matcher(info.name()).matches())
                .sorted(Comparator.comparing((FileInfo info) -> info.name().substring(0, MOMENT_LENGTH))
                        .thenComparing(info -> info.name().length())
                        .thenComparing(FileInfo::name))
                .toList();
    }

    private static Instant moment(FileInfo generation) {
        String moment = generation.name().substring(0, MOMENT_LENGTH);
        return LocalDateTime.parse(moment, MOMENT).toInstant(ZoneOffset.UTC);
    }
}
