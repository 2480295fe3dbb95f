package org.seawall.filesystem.s3;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.seawall.filesystem.common.TestFiles.bytes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.seawall.filesystem.common.Bucket;
import org.seawall.filesystem.common.StoredObject;
import org.seawall.spi.filesystem.FileInfo;
import org.seawall.spi.filesystem.FileInput;
import org.seawall.spi.filesystem.Location;
import org.seawall.testkit.proxy.FaultProxy;
import org.seawall.testkit.proxy.ProxyFault;
import org.seawall.testkit.proxy.ProxyFaults;

/** What the contract does not reach: many objects, large objects. */
class S3BucketTest {

    private static final int MANY = 1_005;
    private static final int LARGE = 13_000_001;

    private final VersityServer server = VersityServer.running();
    private final String bucket = server.bucket();
    private final TestConfiguration small = server.configuration()
            .with("multipartThresholdBytes", 5L << 20)
            .with("multipartPartBytes", 5L << 20)
            .with("retryDelayMillis", 2);
    private final S3FileSystem files = small.open();

    @AfterEach
    void close() {
        files.stop();
    }

    private Location at(String name) {
        return Location.parse("s3://" + bucket + "/" + name);
    }

    private static byte[] random(int length, long seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    /** In buffers that do not end where parts do. */
    private static List<ByteBuffer> cut(byte[] content) {
        return List.of(
                ByteBuffer.wrap(content, 0, 1),
                ByteBuffer.wrap(content, 1, 6_999_999),
                ByteBuffer.wrap(content, 7_000_000, content.length - 7_000_000));
    }

    private byte[] read(Location file) throws IOException {
        try (FileInput input = files.open(file)) {
            ByteBuffer content = ByteBuffer.allocate(Math.toIntExact(input.size()));
            input.read(0, content);
            return content.array();
        }
    }

    @Test
    void moreThanAPageIsListedAndDeleted() throws IOException {
        S3Store store = new S3Store(server.configuration().settings());
        Bucket raw = store.bucket(bucket);
        IntStream.range(0, MANY).parallel().forEach(i -> {
            try {
                raw.put("tree/" + (10_000 + i), bytes("x"), new Bucket.Condition.Absent(), "id");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        store.close();
        List<FileInfo> listed = files.list(at("tree"));
        assertEquals(MANY, listed.size());
        assertEquals("10000", listed.get(0).name());
        assertEquals(Integer.toString(10_000 + MANY - 1), listed.get(MANY - 1).name());
        files.deleteTree(at("tree"));
        assertEquals(List.of(), files.list(at("tree")));
    }

    @Test
    void aLargeObjectAppearsWholeAndOnlyUnderItsCondition() throws IOException {
        byte[] one = random(LARGE, 1);
        byte[] two = random(LARGE + 5, 2);
        FileInfo created = files.create(at("large"), cut(one));
        assertEquals(Optional.of(created), files.find(at("large")));
        assertArrayEquals(one, read(at("large")));
        assertThrows(FileAlreadyExistsException.class, () -> files.create(at("large"), cut(two)));
        assertThrows(
                FileAlreadyExistsException.class,
                () -> files.replace(at("large"), cut(two), Optional.of("\"another\"")));
        assertArrayEquals(one, read(at("large")));
        FileInfo replaced = files.replace(at("large"), cut(two), Optional.of(created.version()));
        assertEquals(Optional.of(replaced), files.find(at("large")));
        assertArrayEquals(two, read(at("large")));
    }

    @Test
    void aLargeObjectIsSettledWhereverItsUploadBreaks() throws IOException {
        byte[] content = random(LARGE, 3);
        // 1 begins the upload, 2 to 4 are parts, 5 completes it
        Map<ProxyFault, List<Integer>> faults = Map.of(
                ProxyFault.CLOSE_BEFORE, List.of(1, 3, 5),
                ProxyFault.CLOSE_AFTER, List.of(1, 4, 5),
                ProxyFault.CUT_REQUEST, List.of(2));
        for (ProxyFault fault : faults.keySet()) {
            for (int nth : faults.get(fault)) {
                brokenUpload(content, fault, nth);
            }
        }
    }

    private void brokenUpload(byte[] content, ProxyFault fault, int nth) throws IOException {
        Location file = at("broken/" + fault + nth);
        try (FaultProxy proxy = FaultProxy.before(server.endpoint())) {
            proxy.faults(ProxyFaults.nth(request -> true, nth, fault));
            S3FileSystem broken = small.with("endpoint", proxy.endpoint().toString())
                    .with("probe", false)
                    .open();
            FileInfo created = broken.create(file, cut(content));
            broken.stop();
            assertEquals(Optional.of(created), files.find(file), fault + " of request " + nth);
            assertEquals(1, proxy.outcomes().get(fault));
        }
        assertArrayEquals(content, read(file));
    }

    @Test
    void partsAreNeverMoreThanTheStoreTakes() {
        assertEquals(5L << 20, S3Multipart.partBytes(1L << 30, 5L << 20));
        long most = S3Multipart.partBytes(5L << 40, 5L << 20);
        assertEquals(10_000, (int) Math.ceil((5L << 40) / (double) most));
    }

    @Test
    void aNameThatIsTooLongIsNotTried() {
        IOException refused = assertThrows(IOException.class, () -> files.create(at("x".repeat(1025)), bytes("text")));
        assertTrue(refused.getMessage().contains("bytes=1025, most=1024"), refused::getMessage);
    }

    @Test
    void aVersionFromAListReplacesToo() throws IOException {
        files.create(at("dir/file"), bytes("one"));
        FileInfo listed = files.list(at("dir")).get(0);
        files.replace(at("dir/file"), bytes("two"), Optional.of(listed.version()));
        assertThrows(
                FileAlreadyExistsException.class,
                () -> files.replace(at("dir/file"), bytes("three"), Optional.of(listed.version())));
        S3Store store = new S3Store(server.configuration().settings());
        Optional<StoredObject> found = store.bucket(bucket).head("dir/file");
        assertEquals(3, found.orElseThrow().size());
        store.close();
    }
}
