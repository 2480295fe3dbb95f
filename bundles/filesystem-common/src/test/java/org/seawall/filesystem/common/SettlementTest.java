package org.seawall.filesystem.common;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.seawall.filesystem.common.TestFiles.at;
import static org.seawall.filesystem.common.TestFiles.bytes;
import static org.seawall.filesystem.common.TestFiles.text;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.seawall.OutcomeUnknownException;
import org.seawall.StorageDeniedException;
import org.seawall.spi.filesystem.FileInfo;
import org.seawall.spi.filesystem.Location;

/** Law 4: an outcome that is not known is read back, never guessed. */
class SettlementTest {

    private static final Location FILE = at("wal/file");
    private static final String KEY = "wal/file";

    private final MemoryBucket store = new MemoryBucket();
    private final FaultyBucket bucket = new FaultyBucket(store);
    private final TestFiles test = TestFiles.over(bucket, RetrySettings.DEFAULT, false);
    private final ObjectFileSystem files = test.files();

    @AfterEach
    void close() {
        test.close();
    }

    private void another(String text, Bucket.Condition condition) {
        try {
            store.put(KEY, bytes(text), condition, "another's");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Bucket.Condition newest() {
        return new Bucket.Condition.Version(store.head(KEY).orElseThrow().version());
    }

    private FileInfo created(String text) throws IOException {
        return files.create(FILE, bytes(text));
    }

    @ParameterizedTest
    @EnumSource
    void oneFaultOfAWriteIsNotSeenByTheCaller(Fault fault) throws IOException {
        bucket.next(fault);
        FileInfo created = created("text");
        bucket.settle();
        assertEquals("text", text(files, FILE));
        assertEquals(files.find(FILE), Optional.of(created));
        bucket.next(fault);
        FileInfo replaced = files.replace(FILE, bytes("another"), Optional.of(created.version()));
        bucket.settle();
        assertEquals("another", text(files, FILE));
        assertEquals(files.find(FILE), Optional.of(replaced));
    }

    @Test
    void theAnswerToOurOwnEarlierAttemptIsNotTakenForAnothers() throws IOException {
        bucket.next(Fault.LOST_ANSWER, Fault.THROTTLED, Fault.THROTTLED, Fault.NONE);
        created("text");
        assertEquals(List.of(KEY), store.keys());
    }

    @Test
    void aNameThatIsTakenIsTakenWhateverTheNetworkDid() {
        another("other", new Bucket.Condition.Absent());
        for (Fault fault : List.of(Fault.NONE, Fault.LOST_ANSWER, Fault.LOST_REQUEST, Fault.LATE, Fault.THROTTLED)) {
            bucket.next(fault);
            FileAlreadyExistsException taken = assertThrows(FileAlreadyExistsException.class, () -> created("text"));
            assertTrue(taken.getMessage().contains(FILE.toString()), taken::getMessage);
        }
        bucket.settle();
        assertEquals("another's", store.head(KEY).orElseThrow().putId().orElseThrow());
    }

    @Test
    void whoCreatesBetweenOurAttemptsHasTheName() {
        bucket.next(Fault.LOST_REQUEST);
        bucket.afterNext(() -> another("other", new Bucket.Condition.Absent()));
        assertThrows(FileAlreadyExistsException.class, () -> created("text"));
    }

    @ParameterizedTest
    @EnumSource(names = {"LOST_ANSWER", "LOST_REQUEST"})
    void aReplacementThatMayHaveBeenReplacedSinceIsNotKnown(Fault fault) throws IOException {
        FileInfo before = created("before");
        bucket.next(fault);
        bucket.afterNext(() -> another("other", newest()));
        OutcomeUnknownException unknown = assertThrows(
                OutcomeUnknownException.class, () -> files.replace(FILE, bytes("ours"), Optional.of(before.version())));
        assertTrue(unknown.getMessage().contains(FILE.toString()), unknown::getMessage);
        assertEquals("other", text(files, FILE));
    }

    @Test
    void aVersionOfAListIsSettledToo() throws IOException {
        try (TestFiles looking = TestFiles.over(new LookingBucket(bucket), RetrySettings.DEFAULT, false)) {
            looking.files().create(FILE, bytes("before"));
            FileInfo listed = looking.files().list(at("wal")).get(0);
            bucket.next(Fault.LOST_REQUEST);
            looking.files().replace(FILE, bytes("ours"), Optional.of(listed.version()));
            assertEquals("ours", text(looking.files(), FILE));
        }
    }

    @Test
    void aReplacementThatWasRefusedAtOnceIsRefused() throws IOException {
        FileInfo before = created("before");
        another("other", newest());
        FileAlreadyExistsException taken = assertThrows(
                FileAlreadyExistsException.class,
                () -> files.replace(FILE, bytes("ours"), Optional.of(before.version())));
        assertTrue(taken.getMessage().contains("expected=" + before.version()), taken::getMessage);
    }

    @Test
    void whatWasDeletedByAnotherBetweenOurAttemptsIsThereAtReturn() throws IOException {
        bucket.next(Fault.LOST_ANSWER);
        bucket.afterNext(() -> delete());
        created("text");
        assertEquals("text", text(files, FILE));
    }

    private void delete() {
        try {
            store.delete(List.of(KEY));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aStoreThatThrottlesForeverIsToldAndNothingIsThere() throws IOException {
        bucket.next(Stream.generate(() -> Fault.THROTTLED).limit(10).toArray(Fault[]::new));
        assertThrows(NotDoneException.class, () -> created("text"));
        assertEquals(10, bucket.requests(), "attempts");
        assertEquals(List.of(), store.keys());
        assertEquals(Optional.empty(), files.find(FILE));
    }

    @Test
    void throttledForeverBehindAnOpenAttemptIsNotKnown() {
        bucket.next(Fault.LOST_REQUEST, Fault.NONE);
        bucket.next(Stream.generate(() -> Fault.THROTTLED).limit(30).toArray(Fault[]::new));
        assertThrows(OutcomeUnknownException.class, () -> created("text"));
    }

    @Test
    void whatCannotBeReadBackIsNotKnown() {
        bucket.next(Fault.LOST_ANSWER);
        bucket.next(Stream.generate(() -> Fault.THROTTLED).limit(30).toArray(Fault[]::new));
        OutcomeUnknownException unknown = assertThrows(OutcomeUnknownException.class, () -> created("text"));
        assertInstanceOf(NotDoneException.class, unknown.getCause());
        assertInstanceOf(OutcomeOpenException.class, unknown.getCause().getSuppressed()[0]);
    }

    @Test
    void aFailureThatIsNoAnswerOfTheStoreLeavesItNotKnown() {
        assertThrows(OutcomeUnknownException.class, () -> failing(new IllegalStateException("a flaw in the SDK")));
        assertThrows(StorageDeniedException.class, () -> failing(new StorageDeniedException("denied")));
    }

    private void failing(RuntimeException failure) throws IOException {
        ForwardingBucket failing = new ForwardingBucket(store) {
            @Override
            public StoredObject put(String key, List<ByteBuffer> content, Condition condition, String putId) {
                throw failure;
            }
        };
        try (TestFiles other = TestFiles.over(failing, RetrySettings.DEFAULT, false)) {
            other.files().create(FILE, bytes("text"));
        }
    }

    @Test
    void deniedBehindAnOpenAttemptIsNotKnown() {
        ForwardingBucket revoked = new ForwardingBucket(store) {
            private int puts;

            @Override
            public StoredObject put(String key, List<ByteBuffer> content, Condition condition, String putId)
                    throws IOException {
                if (puts++ == 0) {
                    throw new OutcomeOpenException("no answer", null);
                }
                throw new StorageDeniedException("credentials have expired");
            }
        };
        try (TestFiles other = TestFiles.over(revoked, RetrySettings.DEFAULT, false)) {
            OutcomeUnknownException unknown = assertThrows(
                    OutcomeUnknownException.class, () -> other.files().create(FILE, bytes("text")));
            assertInstanceOf(StorageDeniedException.class, unknown.getCause());
        }
    }

    @Test
    void buffersAreConsumedWhateverHappenedInBetween() throws IOException {
        bucket.next(Fault.LOST_REQUEST, Fault.NONE, Fault.SENT_TWICE);
        List<ByteBuffer> content = bytes("text");
        files.create(FILE, content);
        assertEquals(0, content.get(0).remaining());
    }
}
