package org.seawall.core.engine;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.seawall.SequenceRange;

/**
 * File names of segments: {@code wal_00000001_20250628142000.avro}, a number and the moment at which the predecessor was
 * built. The moment orders nothing, and is moved forward where that tells writers apart; it makes the name one that only who has
 * read the predecessor knows. A run of segments
 * that was compacted has the first and the last number: {@code compacted_00000001_00000064_20250628150000.avro}.
 */
final class SegmentName {
    private static final int SECONDS = 60;
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("uuuuMMddHHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final Pattern NUMBERED = Pattern.compile("([a-z]+_)([0-9]{8,18})_[0-9]{14}\\.avro");

    private static final Pattern RUN = Pattern.compile("compacted_([0-9]{8,18})_([0-9]{8,18})_[0-9]{14}\\.avro");

    private SegmentName() {}

    static String of(String prefix, long number, Instant moment) {
        return String.format(Locale.ROOT, "%s%08d_%s.avro", prefix, number, MOMENT.format(moment));
    }

    /**
     * The moment for the name that a writer of an epoch fixes: the first from now on whose second is that of the epoch, modulo
     * 60. So a segment that is left off the chain never has the name that a later writer fixes for the same number; README.md
     * has the proof.
     */
    static Instant moment(Instant now, long epoch) {
        return now.plusSeconds(Math.floorMod(epoch - now.getEpochSecond(), SECONDS));
    }

    /** The number in a segment's name, or empty for any other file. */
    static OptionalLong number(String prefix, String name) {
        Matcher matcher = NUMBERED.matcher(name);
        return matcher.matches() && matcher.group(1).equals(prefix)
                ? OptionalLong.of(Long.parseLong(matcher.group(2)))
                : OptionalLong.empty();
    }

    static String ofRun(long first, long last, Instant moment) {
        return String.format(Locale.ROOT, "compacted_%08d_%08d_%s.avro", first, last, MOMENT.format(moment));
    }

    /** The first and the last number in the name of a compacted run, or empty for any other file. */
    static Optional<SequenceRange> run(String name) {
        Matcher matcher = RUN.matcher(name);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long first = Long.parseLong(matcher.group(1));
        long last = Long.parseLong(matcher.group(2));
        return first >= 1 && first <= last ? Optional.of(new SequenceRange(first, last)) : Optional.empty();
    }
}
