package org.seawall.shell;

import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/** How far a long command is: a bar that is drawn over on a terminal, now and then a line elsewhere. */
final class Progress {
    private static final int WIDTH = 30;
    private static final long BAR_NANOS = Duration.ofMillis(100).toNanos();
    private static final long LINE_NANOS = Duration.ofSeconds(2).toNanos();
    private static final String CLEAR_LINE = "\r\033[K";

    private final Output out;
    private final Work work;
    private final LongSupplier nanos;
    private final long begin;
    private long shown;
    private boolean drawn;

    /** What is to be done: bytes in all, 0 if that is not known, of which some were done before, and the word for a row. */
    record Work(long totalBytes, long skippedBytes, String unit) {}

    Progress(Output out, Work work, LongSupplier nanos) {
        this.out = out;
        this.work = work;
        this.nanos = nanos;
        this.begin = nanos.getAsLong();
        this.shown = begin;
    }

    /** Shows how much is done, if it is time to; {@code remark} is empty while all goes well. */
    void show(long rows, long position, String remark) {
        long now = nanos.getAsLong();
        if (now - shown < (out.terminal() ? BAR_NANOS : LINE_NANOS)) {
            return;
        }
        shown = now;
        String line = line(rows, position, now) + (remark.isEmpty() ? "" : "  " + remark);
        if (out.terminal()) {
            out.print(CLEAR_LINE + (known(position) ? bar(position) : "") + line);
            drawn = true;
        } else {
            out.line(line.strip());
        }
    }

    /** Leaves the terminal's line as it was. */
    void end() {
        if (drawn) {
            out.print(CLEAR_LINE);
            drawn = false;
        }
    }

    /** What was done in all: {@code 5000 vectors in 1.2 s (4166/s, 13.1 MB/s)}. */
    String total(long rows, long position) {
        double seconds = seconds(nanos.getAsLong());
        return String.format(
                Locale.ROOT, "%d %s in %.1f s (%s)", rows, work.unit, seconds, rate(rows, position, seconds));
    }

    private String line(long rows, long position, long now) {
        double seconds = seconds(now);
        String left = "";
        double done = position - work.skippedBytes;
        if (!known(position)) {
            return String.format(Locale.ROOT, " %d %s  %s", rows, work.unit, rate(rows, position, seconds));
        }
        if (done > 0) {
            left = "  ETA " + Text.clock(Duration.ofSeconds(Math.round((work.totalBytes - position) * seconds / done)));
        }
        return String.format(
                Locale.ROOT,
                " %3.0f %%  %d %s  %s%s",
                100 * share(position),
                rows,
                work.unit,
                rate(rows, position, seconds),
                left);
    }

    private String rate(long rows, long position, double seconds) {
        return String.format(
                Locale.ROOT, "%.0f/s, %.1f MB/s", rows / seconds, (position - work.skippedBytes) / 1e6 / seconds);
    }

    private String bar(long position) {
        int full = (int) (WIDTH * share(position));
        return "[" + "=".repeat(full) + " ".repeat(WIDTH - full) + "]";
    }

    /** Not of a pipe, which has no length, and not of a file that grows. */
    private boolean known(long position) {
        return work.totalBytes > 0 && position <= work.totalBytes;
    }

    private double share(long position) {
        return (double) position / work.totalBytes;
    }

    private double seconds(long now) {
        return Math.max(now - begin, 1_000_000) / 1e9;
    }
}
