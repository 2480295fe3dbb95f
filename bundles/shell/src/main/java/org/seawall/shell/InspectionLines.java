package org.seawall.shell;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.seawall.inspection.InspectionProgress;

/** How far an inspection is, now and then in a line. */
final class InspectionLines implements InspectionProgress {
    private static final long LINE_NANOS = Duration.ofSeconds(2).toNanos();

    private final Output out;
    private final LongSupplier nanos;
    private long shown;

    InspectionLines(Output out, LongSupplier nanos) {
        this.out = out;
        this.nanos = nanos;
        this.shown = nanos.getAsLong();
    }

    @Override
    public void progress(long doneBytes, long totalBytes, String file) {
        long now = nanos.getAsLong();
        if (now - shown >= LINE_NANOS) {
            shown = now;
            long percent = totalBytes == 0 ? 100 : 100 * doneBytes / totalBytes;
            out.line(percent + " % of " + Text.bytes(totalBytes) + ", file=" + Text.printable(file));
        }
    }
}
