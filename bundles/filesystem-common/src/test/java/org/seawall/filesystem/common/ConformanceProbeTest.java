package org.seawall.filesystem.common;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.seawall.filesystem.common.TestFiles.at;
import static org.seawall.filesystem.common.TestFiles.bytes;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.seawall.StorageDeniedException;
import org.seawall.spi.filesystem.FileInfo;

class ConformanceProbeTest {

    private final MemoryBucket store = new MemoryBucket();

    private static ForwardingBucket ignoring(MemoryBucket store, Class<? extends Bucket.Condition> ignored) {
        return new ForwardingBucket(store) {
            @Override
            public StoredObject put(String key, List<ByteBuffer> content, Condition condition, String putId)
                    throws IOException {
                Optional<StoredObject> found = store.head(key);
                boolean ignores = ignored.isInstance(condition) && found.isPresent();
                return super.put(
                        key,
                        content,
                        ignores ? new Condition.Version(found.get().version()) : condition,
                        putId);
            }
        };
    }

    private void assertRefused(Bucket bucket, String words) {
        try (TestFiles test = TestFiles.over(bucket)) {
            for (int i = 0; i < 2; i++) {
                StoreRefusedException refused = assertThrows(
                        StoreRefusedException.class, () -> test.files().create(at("wal/file"), bytes("text")));
                assertTrue(refused.getMessage().contains(words), refused::getMessage);
                assertTrue(refused.getMessage().contains("file=test://bucket/wal/file"), refused::getMessage);
            }
            assertEquals(List.of(), store.keys(), "what is left");
        }
    }

    @Test
    void aStoreThatIgnoresAConditionIsRefusedByItsName() {
        assertRefused(ignoring(store, Bucket.Condition.Absent.class), "condition=create if absent");
        assertRefused(ignoring(store, Bucket.Condition.Version.class), "condition=replace if of this version");
    }

    @Test
    void whatABucketComparesItselfProvesNothingAboutItsStore() throws IOException {
        assertRefused(
                new LookingBucket(ignoring(store, Bucket.Condition.Version.class)),
                "condition=replace if of this version");
        try (TestFiles test = TestFiles.over(new LookingBucket(new MemoryBucket()))) {
            test.files().create(at("wal/file"), bytes("text"));
        }
    }

    /** Whether it may look or not: a rule is a reason for a warning, and no answer none to refuse a store. */
    @Test
    void aRuleThatDeletesIsAskedForOnce() throws IOException {
        List<String> asked = new ArrayList<>();
        Bucket untold = new ForwardingBucket(store) {
            @Override
            public Optional<String> expiry(String key) {
                asked.add(key);
                throw new StorageDeniedException("no permission, key=" + key, null);
            }
        };
        try (TestFiles test = TestFiles.over(untold)) {
            test.files().create(at("wal/one"), bytes("text"));
            test.files().create(at("wal/two"), bytes("text"));
        }
        assertEquals(List.of("wal/one"), asked);
    }

    @Test
    void aStoreWhoseListIsOldIsRefused() {
        assertRefused(
                new ForwardingBucket(store) {
                    @Override
                    public Page list(String prefix, boolean deep, Optional<String> token) {
                        return new Page(List.of(), List.of(), Optional.empty());
                    }
                },
                "a list does not show");
    }

    @Test
    void aStoreThatIgnoresRangesIsRefused() {
        assertRefused(
                new ForwardingBucket(store) {
                    @Override
                    public void read(StoredObject object, long offset, ByteBuffer target) throws IOException {
                        super.read(object, 0, target);
                    }
                },
                "a read of a range");
    }

    @Test
    void aStoreIsTriedOnceWithSevenRequestsAndNothingIsLeft() throws IOException {
        FaultyBucket counted = new FaultyBucket(store);
        try (TestFiles test = TestFiles.over(counted)) {
            FileInfo file = test.files().create(at("wal/a"), bytes("text"));
            assertEquals(7 + 2 + 1, counted.requests(), "seven, two refusals read back, and the creation itself");
            test.files().create(at("other/b"), bytes("text"));
            test.files().replace(at("wal/a"), bytes("text"), Optional.of(file.version()));
            assertEquals(12, counted.requests());
            assertEquals(List.of("other/b", "wal/a"), store.keys());
        }
    }

    @Test
    void whatIsLeftOfAProbeThatDiedIsNotListedAndGoesWithItsTree() throws IOException {
        store.put("wal/.seawall-probe-1", bytes("first"), new Bucket.Condition.Absent(), "probe");
        try (TestFiles test = TestFiles.over(store)) {
            assertEquals(List.of(), test.files().list(at("wal")));
            assertThrows(IllegalArgumentException.class, () -> test.files().find(at("wal/.seawall-probe-1")));
            test.files().deleteTree(at("wal"));
            assertEquals(List.of(), store.keys());
        }
    }

    @Test
    void aProbeThatFailsOtherwiseIsTriedAgain() throws IOException {
        FaultyBucket bucket = new FaultyBucket(store)
                .next(Stream.generate(() -> Fault.THROTTLED).limit(11).toArray(Fault[]::new));
        try (TestFiles test = TestFiles.over(bucket)) {
            assertThrows(NotDoneException.class, () -> test.files().create(at("wal/file"), bytes("text")));
            assertEquals(List.of(), store.keys());
            test.files().create(at("wal/file"), bytes("text"));
        }
    }

    @Test
    void faultsOfTheNetworkAreNotTakenForTheStores() throws IOException {
        List<Integer> failed = new ArrayList<>();
        for (int seed = 0; seed < 200; seed++) {
            MemoryBucket fresh = new MemoryBucket();
            try (TestFiles test = TestFiles.over(new FaultyBucket(fresh, seed, 20))) {
                test.files().create(at("wal/file"), bytes("text"));
            } catch (StoreRefusedException e) {
                failed.add(seed);
            }
        }
        assertEquals(List.of(), failed, "seeds that refused a good store");
    }

    @Test
    void itIsSwitchedOff() throws IOException {
        FaultyBucket counted = new FaultyBucket(store);
        try (TestFiles test = TestFiles.over(counted, RetrySettings.DEFAULT, false)) {
            test.files().create(at("wal/a"), bytes("text"));
            assertEquals(1, counted.requests());
        }
    }
}
