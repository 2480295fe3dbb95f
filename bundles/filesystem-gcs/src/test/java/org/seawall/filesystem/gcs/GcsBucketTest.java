package org.seawall.filesystem.gcs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.function.Executable;
import org.seawall.filesystem.common.Bucket;
import org.seawall.filesystem.common.Bucket.Condition;
import org.seawall.filesystem.common.ConditionFailedException;
import org.seawall.filesystem.common.Page;
import org.seawall.filesystem.common.StoredObject;

/** Every call of the SDK that the bundle makes, on the emulator. */
@ExtendWith(FakeGcsExtension.class)
class GcsBucketTest {

    private static final String BUCKET = "seawall-bucket";
    private static final Condition ABSENT = new Condition.Absent();
    private static TestClients store;
    private static Bucket bucket;

    @BeforeAll
    static void start(FakeGcs started) throws IOException {
        started.makeBucket(BUCKET);
        store = TestClients.of(started.endpoint(), Map.of("uploadThresholdBytes", 1L << 20));
        bucket = store.bucket(BUCKET);
    }

    @AfterAll
    static void stop() {
        if (store != null) {
            store.close();
        }
    }

    private static List<ByteBuffer> text(String... parts) {
        return Stream.of(parts)
                .map(part ->
                        ByteBuffer.wrap(part.getBytes(StandardCharsets.UTF_8)).asReadOnlyBuffer())
                .toList();
    }

    private static String read(StoredObject object, long offset, int length) throws IOException {
        ByteBuffer target = ByteBuffer.allocate(length);
        bucket.read(object, offset, target);
        return new String(target.array(), StandardCharsets.UTF_8);
    }

    private static void assertNames(String key, Class<? extends Exception> type, Executable call) {
        Exception e = assertThrows(type, call);
        assertTrue(e.getMessage().contains("gcs://" + BUCKET + "/" + key), e::getMessage);
    }

    @Test
    void whatWasPutIsToldWithItsPutIdAndNothingIsConsumed() throws IOException {
        List<ByteBuffer> content = text("one ", "", "two");
        StoredObject put = bucket.put("put/a", content, ABSENT, "id-1");
        assertEquals(new StoredObject("put/a", 7, put.version(), Optional.of("id-1")), put);
        assertEquals(Optional.of(put), bucket.head("put/a"));
        assertEquals("one two", read(put, 0, 7));
        assertEquals(
                List.of(4, 0, 3), content.stream().map(ByteBuffer::remaining).toList());
        assertEquals(Optional.empty(), bucket.head("put/b"));
        assertEquals(0, bucket.put("put/empty", List.of(), ABSENT, "id-2").size());
    }

    @Test
    void namesAreTakenLiterally() throws IOException {
        for (String key : List.of("literal/a b+c%20d", "literal/ä€😀", "literal/a?b#c&d=e", "literal/a:b;c,d'e\"f")) {
            StoredObject put = bucket.put(key, text(key), ABSENT, "id");
            assertEquals(key, put.key());
            assertEquals(Optional.of(put), bucket.head(key));
            assertEquals(key, read(put, 0, (int) put.size()));
        }
        assertEquals(
                4, bucket.list("literal/", true, Optional.empty()).objects().size());
        bucket.delete(List.of("literal/a b+c%20d", "literal/ä€😀", "literal/a?b#c&d=e", "literal/a:b;c,d'e\"f"));
        assertEquals(List.of(), bucket.list("literal/", true, Optional.empty()).objects());
    }

    @Test
    void conditionsAreKeptInOneRequestAndInParts() throws IOException {
        for (int size : new int[] {10, (1 << 20) + 1}) {
            String key = "condition/" + size;
            List<ByteBuffer> content = List.of(ByteBuffer.allocate(size));
            assertNames(key, ConditionFailedException.class, () -> bucket.put(key, content, version("17"), "none"));
            StoredObject first = bucket.put(key, content, ABSENT, "first");
            assertNames(key, ConditionFailedException.class, () -> bucket.put(key, content, ABSENT, "again"));
            StoredObject second = bucket.put(key, content, version(first.version()), "second");
            assertNames(
                    key,
                    ConditionFailedException.class,
                    () -> bucket.put(key, content, version(first.version()), "late"));
            assertEquals(Optional.of(second), bucket.head(key));
            for (String other : List.of("0", "-1", "none", "")) {
                assertNames(key, ConditionFailedException.class, () -> bucket.put(key, content, version(other), "x"));
            }
        }
    }

    private static Condition version(String version) {
        return new Condition.Version(version);
    }

    @Test
    void aLargeObjectGoesUpInPartsAndIsReadInParts() throws IOException {
        byte[] bytes = new byte[2 * GcsClient.PART_BYTES + 12_345];
        new Random(4).nextBytes(bytes);
        List<ByteBuffer> content = new ArrayList<>();
        for (int at = 0; at < bytes.length; at += 3_000_000) {
            content.add(ByteBuffer.wrap(bytes, at, Math.min(3_000_000, bytes.length - at))
                    .slice());
        }
        StoredObject put = bucket.put("large/random", content, ABSENT, "large");
        assertEquals(Optional.of(put), bucket.head("large/random"));
        assertEquals(bytes.length, put.size());
        for (int at : new int[] {0, 1, GcsClient.PART_BYTES - 10, bytes.length - 5_000_000}) {
            ByteBuffer target = ByteBuffer.allocateDirect(5_000_000);
            bucket.read(put, at, target);
            assertEquals(ByteBuffer.wrap(bytes, at, 5_000_000), target.flip(), "offset " + at);
        }
        StoredObject whole = bucket.put(
                "large/parts", List.of(ByteBuffer.wrap(bytes, 0, 2 * GcsClient.PART_BYTES)), ABSENT, "whole parts");
        assertEquals(2 * GcsClient.PART_BYTES, whole.size());
    }

    @Test
    void aReadOfAnotherVersionSaysSo() throws IOException {
        StoredObject first = bucket.put("read/a", text("old text"), ABSENT, "1");
        StoredObject second = bucket.put("read/a", text("new text"), version(first.version()), "2");
        assertNames("read/a", ConditionFailedException.class, () -> read(first, 0, 3));
        assertEquals("ew", read(second, 1, 2));
        bucket.read(second, 8, ByteBuffer.allocate(0));
        bucket.delete(List.of("read/a"));
        assertNames("read/a", NoSuchFileException.class, () -> read(second, 0, 3));
    }

    @Test
    void aListIsOfPagesInOrderAndFolds() throws IOException {
        List<String> keys = IntStream.range(0, 1_100)
                .mapToObj(i -> String.format("list/%04d", i))
                .toList();
        for (String key : keys) {
            bucket.put(key, text("x"), ABSENT, "id");
        }
        bucket.put("list/dir/a", text("x"), ABSENT, "id");
        bucket.put("list/dir/b", text("x"), ABSENT, "id");
        assertEquals(
                Stream.concat(keys.stream(), Stream.of("list/dir/a", "list/dir/b"))
                        .toList(),
                all("list/", true));
        assertEquals(Stream.concat(keys.stream(), Stream.of("list/dir/")).toList(), all("list/", false));
        assertEquals(List.of("list/dir/a", "list/dir/b"), all("list/dir/", false));
        assertEquals(List.of(), all("list/none/", false));
        StoredObject listed =
                bucket.list("list/0007", true, Optional.empty()).objects().get(0);
        StoredObject found = bucket.head("list/0007").orElseThrow();
        assertEquals(List.of(found.size(), found.version()), List.of(listed.size(), listed.version()));
        List<String> some = new ArrayList<>(keys.subList(0, 1_000));
        some.set(500, "list/never-there");
        bucket.delete(some);
        assertEquals(102 + 1, all("list/", true).size());
        bucket.delete(some);
    }

    private static List<String> all(String prefix, boolean deep) throws IOException {
        List<String> objects = new ArrayList<>();
        List<String> prefixes = new ArrayList<>();
        Optional<String> token = Optional.empty();
        do {
            Page page = bucket.list(prefix, deep, token);
            page.objects().forEach(object -> objects.add(object.key()));
            prefixes.addAll(page.prefixes());
            token = page.next();
        } while (token.isPresent());
        objects.addAll(prefixes);
        return objects;
    }

    @Test
    void aBucketThatIsMissingIsNamedByEveryCall() throws IOException {
        Bucket missing = store.bucket("no-such-bucket");
        StoredObject object = new StoredObject("a", 1, "1", Optional.empty());
        List<Executable> calls = List.of(
                () -> missing.head("a"),
                () -> missing.list("", false, Optional.empty()),
                () -> missing.put("a", text("x"), ABSENT, "id"),
                () -> missing.put("a", List.of(ByteBuffer.allocate((1 << 20) + 1)), ABSENT, "id"));
        for (Executable call : calls) {
            IOException e = assertThrows(IOException.class, call);
            assertEquals(
                    "bucket does not exist, create it or mend the location, bucket=gcs://no-such-bucket",
                    e.getMessage());
        }
        assertThrows(NoSuchFileException.class, () -> missing.read(object, 0, ByteBuffer.allocate(1)));
    }

    @Test
    void whatIsNoNameOrOverTheLimitsIsNotSent() {
        for (String name : Arrays.asList("a", "A-bucket", "-bucket", "buck/et", "")) {
            assertThrows(IOException.class, () -> store.bucket(name), name);
        }
        IOException e = assertThrows(IOException.class, () -> bucket.put("ä".repeat(513), text("x"), ABSENT, "id"));
        assertTrue(e.getMessage().contains("nameBytes=1026, mostNameBytes=1024"), e::getMessage);
        assertFalse(e.getMessage().contains("status="), e::getMessage);
    }
}
