package org.seawall.viper;

import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.seawall.Entry;
import org.seawall.LoggedEntry;
import org.seawall.catalog.CollectionInfo;
import org.seawall.catalog.CollectionNotFoundException;
import org.seawall.catalog.CollectionSpec;
import org.seawall.spi.flush.FlushSink;
import org.seawall.spi.flush.FlushSource;
import org.seawall.spi.flush.LiveEntries;

/** One collection whose live entries are a list. */
record MemorySource(CollectionSpec spec, List<LoggedEntry> entries) implements FlushSource {

    static MemorySource of(CollectionSpec spec, List<Entry> entries) {
        return new MemorySource(
                spec,
                IntStream.range(0, entries.size())
                        .mapToObj(i -> new LoggedEntry(i + 1, entries.get(i)))
                        .toList());
    }

    @Override
    public LiveEntries live(String collection) {
        if (!collection.equals(spec.name())) {
            throw new CollectionNotFoundException(collection, "default");
        }
        Instant created = Instant.ofEpochMilli(1);
        return new Cursor(new CollectionInfo(new UUID(1, 2), spec, created, created), entries.iterator());
    }

    @Override
    public Attachment attach(FlushSink sink) {
        throw new IllegalStateException("entries in memory go nowhere, sink=" + sink.name());
    }

    private static final class Cursor implements LiveEntries {
        private final CollectionInfo collection;
        private final Iterator<LoggedEntry> rest;
        private LoggedEntry present;

        Cursor(CollectionInfo collection, Iterator<LoggedEntry> rest) {
            this.collection = collection;
            this.rest = rest;
        }

        @Override
        public CollectionInfo collection() {
            return collection;
        }

        @Override
        public long released() {
            return 0;
        }

        @Override
        public long upTo() {
            return Long.MAX_VALUE;
        }

        @Override
        public boolean changed(String id, long after) {
            throw new IllegalStateException("nothing is released, id=" + id);
        }

        @Override
        public void changed(long after, Consumer<String> ids) {
            throw new IllegalStateException("nothing is released, after=" + after);
        }

        @Override
        public boolean next() {
            if (!rest.hasNext()) {
                return false;
            }
            present = rest.next();
            return true;
        }

        @Override
        public long sequence() {
            return present.sequence();
        }

        @Override
        public int dimension() {
            return present.entry().vector().length;
        }

        @Override
        public void vector(float[] target) {
            float[] vector = present.entry().vector();
            System.arraycopy(vector, 0, target, 0, vector.length);
        }

        @Override
        public Entry entry() {
            return present.entry();
        }
    }
}
