package org.seawall.itests.container;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.inject.Inject;
import org.junit.FixMethodOrder;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.MethodSorters;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerMethod;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.ConfigurationAdmin;
import org.seawall.Entry;
import org.seawall.LoggedEntry;
import org.seawall.SequenceRange;
import org.seawall.WriteAheadLog;
import org.seawall.catalog.CollectionSpec;
import org.seawall.catalog.Metric;
import org.seawall.search.SearchHit;
import org.seawall.search.VectorSearch;

/**
 * One storage, two containers, one after the other: each method has one of its own.
 */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerMethod.class)
@FixMethodOrder(MethodSorters.NAME_ASCENDING)
public class RestartIT {
    private static final int BATCHES = 10;
    private static final int BATCH = 30;
    private static final int DIMENSION = 16;

    @Inject
    private BundleContext context;

    @Inject
    private ConfigurationAdmin admin;

    @Configuration
    public Option[] container() {
        return Container.withOurBundles();
    }

    @Test
    public void firstStartWritesGetsAndSearches() throws Exception {
        new FirstStart().record(context);
        new LogConfigurations(admin).create("it", LogConfigurations.emptyStorage("restart"));
        Services services = new Services(context, "it");
        WriteAheadLog wal = services.wal();
        wal.catalog().create(CollectionSpec.vectors("vectors", DIMENSION, Metric.L2));
        wal.catalog().create(CollectionSpec.payloads("payloads"));

        for (int batch = 0; batch < BATCHES; batch++) {
            long first = 1 + (long) batch * BATCH;
            SequenceRange expected = new SequenceRange(first, first + BATCH - 1);
            assertEquals(expected, wal.append("vectors", vectors(batch)).join());
            assertEquals(expected, wal.append("payloads", payloads(batch)).join());
            if (batch == BATCHES / 2) {
                assertEquals(Optional.of(true), wal.roll("vectors").map(name -> name.endsWith(".avro")));
            }
        }
        assertEquals(
                BATCHES * BATCH + 1,
                wal.append("vectors", List.of(delete())).join().first());

        assertHoldsEverything(services);
    }

    @Test
    public void secondStartReadsAllOfItOnceTheFirstContainerHasStopped() throws Exception {
        new FirstStart().assertEnded(context);
        assertEquals(List.of(), OurThreads.alive());

        new LogConfigurations(admin).create("it", LogConfigurations.storage("restart"));
        Services services = new Services(context, "it");
        assertHoldsEverything(services);

        SequenceRange next = services.wal().append("vectors", vectors(BATCHES)).join();
        assertEquals(BATCHES * BATCH + 2, next.first());
        assertEquals(
                id(BATCHES * BATCH),
                services.wal()
                        .read("vectors", next.first())
                        .poll()
                        .orElseThrow()
                        .entry()
                        .id());
    }

    private static void assertHoldsEverything(Services services) throws InterruptedException {
        WriteAheadLog wal = services.wal();
        List<Entry> vectors = new ArrayList<>();
        List<Entry> payloads = new ArrayList<>();
        for (int batch = 0; batch < BATCHES; batch++) {
            vectors.addAll(vectors(batch));
            payloads.addAll(payloads(batch));
        }
        vectors.add(delete());
        assertEquals(vectors, Contents.of(wal, "vectors"));
        assertEquals(payloads, Contents.of(wal, "payloads"));

        assertEquals(Optional.empty(), wal.get("vectors", id(5)));
        LoggedEntry found = wal.get("vectors", id(77)).orElseThrow();
        assertEquals(78, found.sequence());
        assertArrayEquals(vectors.get(77).vector(), found.entry().vector(), 0);
        assertEquals(Map.of("n", 77L), found.entry().metadata());

        List<List<SearchHit>> hits = services.await(VectorSearch.class)
                .search(
                        "vectors",
                        List.of(vectors.get(77).vector(), vectors.get(5).vector()),
                        3);
        assertEquals(
                List.of(id(77), id(76), id(78)),
                hits.get(0).stream().map(SearchHit::id).toList());
        assertEquals(
                List.of(id(4), id(6), id(3)),
                hits.get(1).stream().map(SearchHit::id).toList());
    }

    private static List<Entry> vectors(int batch) {
        List<Entry> entries = new ArrayList<>();
        for (int n = batch * BATCH; n < (batch + 1) * BATCH; n++) {
            float[] vector = new float[DIMENSION];
            vector[n % DIMENSION] = 0.25f;
            vector[0] += n;
            entries.add(Entry.vector(id(n), vector).withMetadata(Map.of("n", n)).withTimestamp(time(n)));
        }
        return entries;
    }

    private static List<Entry> payloads(int batch) {
        List<Entry> entries = new ArrayList<>();
        for (int n = batch * BATCH; n < (batch + 1) * BATCH; n++) {
            byte[] bytes = {(byte) n, (byte) (n >> 8), 0};
            entries.add(Entry.payload(n % 2 == 0 ? "" : id(n), bytes).withTimestamp(time(n)));
        }
        return entries;
    }

    private static Entry delete() {
        return Entry.delete(id(5)).withTimestamp(time(BATCHES * BATCH));
    }

    private static Instant time(int n) {
        return Instant.ofEpochSecond(1_750_000_000L + n);
    }

    private static String id(int n) {
        return "e" + n;
    }
}
