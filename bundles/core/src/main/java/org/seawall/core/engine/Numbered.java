package org.seawall.core.engine;

import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalLong;
import org.seawall.spi.filesystem.FileInfo;
import org.seawall.spi.strategy.SegmentFile;

/**
 * A sealed file with the numbers of the segments that it stands for, by its name.
 *
 * @param file the file
 * @param first number of the first segment
 * @param last number of the last one
 * @param run whether it is a compacted run, which may be one of a single segment
 */
record Numbered(SegmentFile file, long first, long last, boolean run) {
    /** In the order of the log; of two that begin with the same segment the one with the farther reach comes first. */
    static final Comparator<Numbered> ORDER = Comparator.comparingLong(Numbered::first)
            .thenComparing(Comparator.comparingLong(Numbered::last).reversed())
            .thenComparing(Comparator.comparing(Numbered::run).reversed())
            .thenComparing(Numbered::name);

    /** Reads the numbers, or empty for a file that is none of a log's. */
    static Optional<Numbered> of(LogLayout layout, SegmentFile file) {
        String name = file.location().name();
        OptionalLong number = SegmentName.number(layout.prefix(), name);
        if (number.isPresent()) {
            return Optional.of(new Numbered(file, number.getAsLong(), number.getAsLong(), false));
        }
        return SegmentName.run(name).map(run -> new Numbered(file, run.first(), run.last(), true));
    }

    static Optional<Numbered> of(LogLayout layout, FileInfo info) {
        return info.directory() ? Optional.empty() : of(layout, SegmentFile.sealed(info));
    }

    /** The number of the last segment that a file stands for by its name, or empty for a file that is none of a log's. */
    static OptionalLong lastOf(LogLayout layout, String name) {
        OptionalLong number = SegmentName.number(layout.prefix(), name);
        return number.isPresent()
                ? number
                : SegmentName.run(name).map(run -> OptionalLong.of(run.last())).orElse(OptionalLong.empty());
    }

    String name() {
        return file.location().name();
    }
}
