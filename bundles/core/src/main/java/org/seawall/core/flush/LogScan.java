package org.seawall.core.flush;

import java.io.IOException;
import java.util.Optional;
import org.seawall.LiveScan;
import org.seawall.LogClosedException;
import org.seawall.LogUnavailableException;
import org.seawall.LoggedEntry;
import org.seawall.core.memtable.LiveCursor;
import org.seawall.core.memtable.Present;
import org.seawall.spi.flush.FlushScan;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a sink held up to a sequence F, without the ids that have changed behind it, and then what is in memory behind F. All sequences of the one
 * are below those of the other.
 */
final class LogScan implements LiveScan {
    private static final Logger LOG = LoggerFactory.getLogger(LogScan.class);

    private final Present present;
    private final long flushed;
    private final LiveCursor memory;
    private Optional<FlushScan> sink;
    private boolean closed;

    /**
     * @param present the memory, which has not released more than the sink had
     * @param sink closed with this
     */
    LogScan(Present present, Optional<FlushScan> sink) {
        this.present = present;
        this.sink = sink;
        this.flushed = sink.map(FlushScan::flushed).orElse(0L);
        this.memory = present.live();
    }

    @Override
    public long sequence() {
        return present.upTo();
    }

    @Override
    public Optional<LoggedEntry> next() {
        if (closed) {
            throw new LogClosedException("scan is closed, sequence=" + sequence());
        }
        if (sink.isPresent()) {
            Optional<LoggedEntry> entry = ofSink(sink.get());
            if (entry.isPresent()) {
                return entry;
            }
            close(sink.get());
            sink = Optional.empty();
        }
        while (memory.next()) {
            if (memory.sequence() > flushed) {
                return Optional.of(new LoggedEntry(memory.sequence(), memory.entry()));
            }
        }
        return Optional.empty();
    }

    private Optional<LoggedEntry> ofSink(FlushScan scan) {
        try {
            Optional<LoggedEntry> entry = scan.next();
            while (entry.isPresent() && present.changed(entry.get().entry().id(), flushed)) {
                entry = scan.next();
            }
            return entry;
        } catch (IOException e) {
            throw new LogUnavailableException(
                    "storage of the sink failed in a scan, begin anew, flushed=" + flushed, e);
        }
    }

    @Override
    public void close() {
        closed = true;
        sink.ifPresent(LogScan::close);
        sink = Optional.empty();
    }

    /** Nothing is lost if it cannot be closed. */
    static void close(FlushScan scan) {
        try {
            scan.close();
        } catch (IOException e) {
            LOG.warn("scan of a sink not closed, flushed={}", scan.flushed(), e);
        }
    }
}
