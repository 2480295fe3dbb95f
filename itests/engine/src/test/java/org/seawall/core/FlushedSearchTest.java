package org.seawall.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seawall.Entry;
import org.seawall.LogCorruptException;
import org.seawall.LogUnavailableException;
import org.seawall.catalog.CollectionSpec;
import org.seawall.catalog.Metric;
import org.seawall.core.catalog.Setting;
import org.seawall.search.Filter;
import org.seawall.search.SearchHit;
import org.seawall.search.SearchRequest;
import org.seawall.search.SearchResult;
import org.seawall.search.SearchTimeoutException;
import org.seawall.spi.filesystem.FileInfo;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;
import org.seawall.spi.flush.FlushSink;
import org.seawall.spi.flush.FlushSource;
import org.seawall.spi.flush.LiveEntries;
import org.seawall.strategy.append.AppendStrategy;
import org.seawall.testkit.ForwardingFileSystem;
import org.seawall.testkit.Storage;
import org.seawall.viper.search.LogSearch;
import org.seawall.viper.search.SearchThreads;
import org.seawall.viper.sink.SinkSettings;
import org.seawall.viper.sink.VectorSink;
import org.seawall.viper.store.CompactionPolicy;

/** What a search over log and parts says when something is asked that cannot be answered, or a part is not as it was. */
class FlushedSearchTest {
    private static final String NAME = "v";
    private static final int DIMENSION = 4;
    private static final CompactionPolicy NEVER = new CompactionPolicy(100, Integer.MAX_VALUE, 1 << 30);

    private final Storage storage = Storage.inMemory();
    private final Random random = new Random(5);
    private final SearchThreads threads = new SearchThreads();
    private final Location viper = storage.directory().child("viper");
    private final Switched sinkFiles = new Switched(storage.files());
    private OpenLog log;
    private VectorSink sink;
    private FlushSource.Attachment attachment;
    private LogSearch search;

    /** Two parts, of the entries a0 to a9 and b0 to b9, and c0 to c9 in memory. */
    @BeforeEach
    void open() throws IOException {
        log = FlushingLogs.open(
                storage.files(),
                storage.directory(),
                new AppendStrategy(),
                Map.of(Setting.FLUSH_MILLIS, 0L, Setting.FLUSH_BYTES, 0L));
        log.catalog().create(CollectionSpec.vectors(NAME, DIMENSION, Metric.COSINE));
        sink = new VectorSink("test", sinkFiles, viper, new SinkSettings(0, 8, NEVER));
        attachment = log.attach(sink);
        search = new LogSearch(log, sink, threads);
        append("a");
        log.flush(NAME);
        append("b");
        log.flush(NAME);
        append("c");
    }

    @AfterEach
    void close() {
        attachment.close();
        sink.close();
        log.close();
        threads.close();
    }

    private void append(String prefix) {
        for (int i = 0; i < 10; i++) {
            log.append(NAME, List.of(Entry.vector(prefix + i, vector()).withMetadata(Map.of("n", i, "kind", prefix))))
                    .join();
        }
    }

    private float[] vector() {
        float[] vector = new float[DIMENSION];
        for (int i = 0; i < DIMENSION; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        return vector;
    }

    private SearchRequest request(int k) {
        return SearchRequest.of(List.of(vector()), k);
    }

    private List<String> ids(SearchRequest request) {
        return search.search(NAME, request).hits().get(0).stream()
                .map(SearchHit::id)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aPartThatIsMissingIsNamedAndTheRestIsSearchedIfThatIsAllowed(boolean exact) throws IOException {
        SearchRequest all = exact ? request(30).exactly() : request(30);
        assertEquals(30, ids(all).size());
        String part = part();
        storage.files().delete(parts().child(part + ".parquet"));
        storage.files().delete(parts().child(part + ".sidecar"));
        sink.settings(new SinkSettings(0, 8, NEVER));
        reattach();
        LogCorruptException e = assertThrows(LogCorruptException.class, () -> search.search(NAME, all));
        assertTrue(e.getMessage().contains(part), e.getMessage());
        SearchResult rest = search.search(NAME, all.allowPartial());
        assertEquals(List.of(part), rest.missing());
        assertEquals(20, rest.hits().get(0).size());
        // what is missing may have had the field
        SearchResult nothing = search.search(NAME, all.allowPartial().withFilter(Filter.parse("size = 1")));
        assertEquals(List.of(), nothing.hits().get(0));
        assertEquals(List.of(part), nothing.missing());
        log.append(NAME, List.of(Entry.delete("b3"), Entry.delete("a3"))).join();
        assertEquals(
                19,
                search.search(NAME, all.allowPartial()).hits().get(0).size(),
                "one of the deleted is missing anyway");
    }

    /** What is open stays open; the storage is looked at again by another sink. */
    private void reattach() {
        attachment.close();
        sink.close();
        sink = new VectorSink("test", sinkFiles, viper, new SinkSettings(0, 8, NEVER));
        attachment = log.attach(sink);
        search = new LogSearch(log, sink, threads);
    }

    private Location parts() {
        return viper.child(log.catalog().find(NAME).orElseThrow().id().toString())
                .child("parts");
    }

    private String part() throws IOException {
        return storage.files().list(parts()).stream()
                .map(FileInfo::name)
                .filter(name -> name.endsWith(".parquet"))
                .sorted()
                .findFirst()
                .orElseThrow()
                .replace(".parquet", "");
    }

    @Test
    void aFilterThatCouldNeverMatchIsRefusedAndOneThatDoesNotHappenToMatchIsNot() {
        assertEquals(List.of(), ids(request(5).withFilter(Filter.parse("kind = 'd'"))));
        assertEquals(List.of(), ids(request(5).withFilter(Filter.parse("n > 100 or kind < 'a'"))));
        assertEquals(3, ids(request(5).withFilter(Filter.parse("n = 7"))).size(), "of each part, and of the memory");
        refused("size = 1", "no entry has the field", "field=size, fields=[kind, n]");
        refused("n = 'seven'", "another kind of value", "field=n, expected=[number], actual=[text]");
        refused("kind > 3", "another kind of value", "field=kind, expected=[text], actual=[number]");
        refused("n >= 0 and (size = 1 or kind > 3)", "no entry has the field", "field=size");
        refused(
                "kind = 'd' and n in (true, 'seven')",
                "another kind",
                "field=n, expected=[number], actual=[text, truth value]");
        // one branch that could match is enough, and what is negated could
        assertEquals(List.of(), ids(request(5).withFilter(Filter.parse("size = 1 or n > 1000"))));
        assertEquals(List.of(), ids(request(5).withFilter(Filter.parse("kind = 'd' and not (n in (true))"))));
        assertEquals(List.of(), ids(request(5).withFilter(Filter.parse("exists(size)"))), "it asks for just that");
    }

    /** It has matched, on the pages before. */
    @Test
    void behindTheLastPageThereIsNothing() {
        SearchRequest request = request(5).withFilter(Filter.parse("n >= 5 or size = 1"));
        assertEquals(5, ids(request.withOffset(10)).size());
        assertEquals(List.of(), ids(request.withOffset(15)));
    }

    /** What is released between the search and the question why it found nothing is in neither view. */
    @Test
    void aFlushInBetweenMakesNoFilterImpossible() {
        log.append(NAME, List.of(Entry.vector("s1", vector()).withMetadata(Map.of("sale", true)), Entry.delete("none")))
                .join();
        int[] looks = {0};
        FlushSource between = new FlushSource() {
            @Override
            public LiveEntries live(String collection) {
                looks[0]++;
                if (looks[0] == 3) {
                    log.flush(NAME);
                }
                return log.live(collection);
            }

            @Override
            public Attachment attach(FlushSink other) {
                return log.attach(other);
            }
        };
        SearchRequest request = request(5).withFilter(Filter.parse("sale = false"));
        assertEquals(
                List.of(),
                new LogSearch(between, sink, threads)
                        .search(NAME, request)
                        .hits()
                        .get(0));
        assertTrue(looks[0] > 3, "it was looked at again");
    }

    private void refused(String filter, String... words) {
        SearchRequest request = request(5).withFilter(Filter.parse("kind = 'none' and (" + filter + ")"));
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> ids(request));
        for (String word : words) {
            assertTrue(e.getMessage().contains(word), e.getMessage());
        }
    }

    @Test
    void whatTakesTooLongEndsWithATimeout() {
        for (SearchRequest request : List.of(request(5), request(5).exactly())) {
            SearchTimeoutException e =
                    assertThrows(SearchTimeoutException.class, () -> ids(request.within(Duration.ofNanos(1))));
            assertTrue(e.getMessage().contains("allowed=PT0.000000001S"), e.getMessage());
            assertEquals(5, ids(request.within(Duration.ofMinutes(5))).size());
            assertEquals(
                    5, ids(request.within(Duration.ofSeconds(Long.MAX_VALUE))).size());
        }
    }

    @Test
    void queriesOfOneCallAreAnsweredAsOneByOne() {
        List<float[]> queries = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            queries.add(vector());
        }
        log.append(NAME, List.of(Entry.delete("a1"), Entry.vector("b1", vector())))
                .join();
        for (SearchRequest request : List.of(request(7), request(7).exactly())) {
            List<List<SearchHit>> together =
                    search.search(NAME, request.withQueries(queries)).hits();
            for (int i = 0; i < queries.size(); i++) {
                assertEquals(
                        search.search(NAME, request.withQueries(List.of(queries.get(i))))
                                .hits()
                                .get(0),
                        together.get(i));
            }
        }
        assertEquals(
                List.of(),
                search.search(NAME, request(3).withQueries(List.of())).hits());
    }

    @Test
    void pagesAreOneBehindTheOther() {
        SearchRequest request = request(30).exactly();
        List<String> all = ids(request);
        List<String> paged = new ArrayList<>();
        for (int offset = 0; offset < 40; offset += 8) {
            paged.addAll(ids(
                    SearchRequest.of(request.queries(), 8).withOffset(offset).exactly()));
        }
        assertEquals(all, paged);
    }

    @Test
    void withoutItsSinkWhatHasLeftIsNotTakenForWhatWasNeverThere() {
        attachment.close();
        LogUnavailableException e = assertThrows(LogUnavailableException.class, () -> ids(request(5)));
        assertTrue(e.getMessage().contains("released=19"), e.getMessage());
        attachment = log.attach(sink);
        assertEquals(5, ids(request(5)).size());
    }

    /** The log goes on, says why, and flushes when it can. */
    @Test
    void aSinkThatIsDownIsToldOfAndTriedAgain() {
        sinkFiles.down = true;
        LogUnavailableException e = assertThrows(LogUnavailableException.class, () -> log.flush(NAME));
        assertTrue(e.getMessage().contains("not flushed, the log keeps it, sink=viper "), e.getMessage());
        String detail = log.status().collections().get(0).detail();
        assertTrue(detail.contains("not flushed, the log keeps it"), detail);
        append("d");
        assertEquals(40, ids(request(50)).size());
        sinkFiles.down = false;
        assertEquals(40, log.flush(NAME));
        assertEquals("", log.status().collections().get(0).detail());
        assertEquals(40, ids(request(50)).size());
    }

    /** Creates no file while it is down. */
    private static final class Switched extends ForwardingFileSystem {
        private volatile boolean down;

        private Switched(FileSystem files) {
            super(files);
        }

        @Override
        public FileInfo create(Location file, List<ByteBuffer> content) throws IOException {
            if (down) {
                throw new IOException("down, file=" + file);
            }
            return super.create(file, content);
        }
    }
}
