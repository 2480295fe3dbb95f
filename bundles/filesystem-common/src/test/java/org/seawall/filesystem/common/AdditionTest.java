package org.seawall.filesystem.common;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.seawall.filesystem.common.TestFiles.at;
import static org.seawall.filesystem.common.TestFiles.bytes;
import static org.seawall.filesystem.common.TestFiles.text;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.seawall.OutcomeUnknownException;
import org.seawall.spi.filesystem.AppendLimits;
import org.seawall.spi.filesystem.AppendRefusedException;
import org.seawall.spi.filesystem.Location;

/** Law 4 for appends: an outcome that is not known is read back, never guessed. */
class AdditionTest {

    private static final Location FILE = at("wal/file");
    private static final String KEY = "wal/file";

    private final MemoryBucket store = new MemoryBucket();
    private final FaultyBucket bucket = new FaultyBucket(store);
    private final Confined threads =
            new Confined("seawall-filesystem-test", 4, Duration.ofSeconds(1), AdditionTest.class.getClassLoader());
    private final GrowingFileSystem files = files(bucket, false);

    private GrowingFileSystem files(Bucket over, boolean probes) {
        StoreCalls calls = new StoreCalls(threads, new Retries(RetrySettings.DEFAULT, new StillPace(1)));
        return new GrowingFileSystem(name -> over, calls, name -> probes, Optional.of(new AppendLimits(1 << 20, 100)));
    }

    @AfterEach
    void close() {
        threads.close();
    }

    private interface Deed {
        void run() throws IOException;
    }

    private static Runnable done(Deed deed) {
        return () -> {
            try {
                deed.run();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
    }

    @ParameterizedTest
    @EnumSource
    void oneFaultOfAnAppendIsNotSeenByTheCaller(Fault fault) throws IOException {
        files.append(FILE, 0, bytes("one"));
        bucket.next(fault);
        assertEquals(6, files.append(FILE, 3, bytes("two")).size());
        bucket.settle();
        assertEquals("onetwo", text(files, FILE));
    }

    /** The first append is two requests. */
    @ParameterizedTest
    @EnumSource
    void oneFaultOfABeginIsNotSeenByTheCaller(Fault fault) throws IOException {
        for (int request = 0; request < 2; request++) {
            Location file = at("wal/begun" + request);
            bucket.next(Stream.generate(() -> Fault.NONE).limit(request).toArray(Fault[]::new));
            bucket.next(fault);
            files.append(file, 0, bytes("text"));
            bucket.settle();
            assertEquals("text", text(files, file));
        }
    }

    @Test
    void theRefusalOfOurOwnEarlierAttemptIsNotTakenForAnothers() throws IOException {
        files.append(FILE, 0, bytes("one"));
        bucket.next(Fault.LOST_ANSWER, Fault.THROTTLED, Fault.THROTTLED, Fault.NONE);
        files.append(FILE, 3, bytes("two"));
        assertEquals("onetwo", text(files, FILE));
    }

    @ParameterizedTest
    @EnumSource(names = {"NONE", "LOST_REQUEST", "LATE", "THROTTLED"})
    void whoAppendsBeforeOurAttemptHasThePlace(Fault fault) throws IOException {
        files.append(FILE, 0, bytes("one"));
        store.append(KEY, 3, bytes("others"));
        bucket.next(fault);
        AppendRefusedException refused =
                assertThrows(AppendRefusedException.class, () -> files.append(FILE, 3, bytes("two")));
        assertTrue(refused.getMessage().contains(FILE.toString()), refused::getMessage);
        bucket.settle();
        assertEquals("oneothers", text(files, FILE));
    }

    /** Behind ours there is nobody: whoever sealed it has read it. */
    @Test
    void whatWasAppendedBeforeItWasSealedIsThere() throws IOException {
        files.append(FILE, 0, bytes("one"));
        bucket.next(Fault.LOST_ANSWER);
        bucket.afterNext(done(() -> store.seal(KEY)));
        assertEquals(6, files.append(FILE, 3, bytes("two")).size());
    }

    @Test
    void whatWasSealedBeforeOurAppendRefusesIt() throws IOException {
        files.append(FILE, 0, bytes("one"));
        bucket.next(Fault.LOST_REQUEST);
        bucket.afterNext(done(() -> store.seal(KEY)));
        assertThrows(AppendRefusedException.class, () -> files.append(FILE, 3, bytes("two")));
        assertEquals("one", text(files, FILE));
    }

    /** What a first attempt has appended was read, archived and deleted by another: it must not come back beside the log. */
    @Test
    void whatWasDeletedBetweenOurAttemptsIsNotMadeAnew() {
        bucket.next(Fault.NONE, Fault.LOST_ANSWER);
        bucket.afterNext(() -> {});
        bucket.afterNext(done(() -> store.delete(List.of(KEY))));
        assertThrows(OutcomeUnknownException.class, () -> files.append(FILE, 0, bytes("text")));
        assertEquals(List.of(), store.keys());
    }

    @Test
    void whatWasDeletedBeforeOurAttemptIsMissing() throws IOException {
        files.append(FILE, 0, bytes("one"));
        store.delete(List.of(KEY));
        assertThrows(NoSuchFileException.class, () -> files.append(FILE, 3, bytes("two")));
        assertEquals(List.of(), store.keys());
    }

    @Test
    void whatCannotBeReadBackIsNotKnown() throws IOException {
        files.append(FILE, 0, bytes("one"));
        bucket.next(Fault.LOST_ANSWER);
        bucket.next(Stream.generate(() -> Fault.THROTTLED).limit(30).toArray(Fault[]::new));
        assertThrows(OutcomeUnknownException.class, () -> files.append(FILE, 3, bytes("two")));
    }

    @Test
    void aStoreThatIgnoresThePositionIsRefused() {
        assertRefused(new Careless(store) {
            @Override
            public StoredObject append(String key, long position, List<ByteBuffer> content) throws IOException {
                return store.append(key, store.head(key).orElseThrow().size(), content);
            }
        });
    }

    @Test
    void aStoreThatDoesNotSealIsRefused() {
        assertRefused(new Careless(store) {
            @Override
            public void seal(String key) {}
        });
    }

    private void assertRefused(Careless careless) {
        StoreRefusedException refused = assertThrows(
                StoreRefusedException.class, () -> files(careless, true).append(FILE, 0, bytes("text")));
        assertTrue(refused.getMessage().contains("strategy=object"), refused::getMessage);
        assertEquals(List.of(), store.keys());
    }

    /** A store that may forget a condition. */
    private static class Careless extends ForwardingBucket implements GrowingBucket {
        private final MemoryBucket store;

        private Careless(MemoryBucket store) {
            super(store);
            this.store = store;
        }

        @Override
        public void begin(String key) {
            store.begin(key);
        }

        @Override
        public StoredObject append(String key, long position, List<ByteBuffer> content) throws IOException {
            return store.append(key, position, content);
        }

        @Override
        public void seal(String key) throws IOException {
            store.seal(key);
        }
    }
}
