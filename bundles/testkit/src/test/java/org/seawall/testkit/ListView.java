package org.seawall.testkit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.seawall.CollectionView;
import org.seawall.LogClosedException;
import org.seawall.LoggedEntry;
import org.seawall.Operation;

/** A view over all that was appended up to a point. */
final class ListView implements CollectionView {
    private final Map<String, LoggedEntry> live = new LinkedHashMap<>();
    private final long sequence;
    private final Instant moment;
    private final boolean neverCloses;
    private boolean closed;

    ListView(List<LoggedEntry> appended, Instant moment, boolean neverCloses) {
        this.neverCloses = neverCloses;
        this.sequence =
                appended.isEmpty() ? 0 : appended.get(appended.size() - 1).sequence();
        this.moment = moment;
        for (LoggedEntry logged : appended) {
            String key = logged.entry().id().isEmpty()
                    ? "#" + logged.sequence()
                    : logged.entry().id();
            live.remove(key);
            if (logged.entry().operation() == Operation.PUT) {
                live.put(key, logged);
            }
        }
        live.values().removeIf(logged -> logged.entry().expired(moment.toEpochMilli()));
    }

    @Override
    public long sequence() {
        return sequence;
    }

    @Override
    public Instant moment() {
        return moment;
    }

    @Override
    public Optional<LoggedEntry> get(String id) {
        requireOpen();
        return Optional.ofNullable(live.get(id));
    }

    @Override
    public Iterator<LoggedEntry> entries() {
        requireOpen();
        return new ArrayList<>(live.values()).iterator();
    }

    @Override
    public void close() {
        closed = !neverCloses;
    }

    private void requireOpen() {
        if (closed) {
            throw new LogClosedException("view is closed");
        }
    }
}
