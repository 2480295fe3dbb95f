package org.seawall.filesystem.azure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.seawall.filesystem.common.Bucket;
import org.seawall.filesystem.common.ConditionFailedException;
import org.seawall.filesystem.common.Page;
import org.seawall.filesystem.common.StoredObject;

@ExtendWith(AzuriteExtension.class)
class AzureBucketTest {

    private static final Bucket.Condition ABSENT = new Bucket.Condition.Absent();
    private static final int BLOCK = 65_536;

    private final String container = "bucket-" + UUID.randomUUID();
    private AzureStore store;
    private AzureBucket bucket;

    @BeforeEach
    void open(Azurite azurite) throws IOException {
        azurite.makeContainer(container);
        store = Settings.of(azurite).with("blockBytes", BLOCK).store();
        bucket = store.azureBucket(container);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static List<ByteBuffer> text(String text) {
        return List.of(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void anObjectTellsItsPutIdWhereverItIsSeen() throws IOException {
        StoredObject put = bucket.put("a/b c%20+ü", text("text"), ABSENT, "put-1");
        assertEquals(Optional.of("put-1"), put.putId());
        assertEquals(Optional.of(put), bucket.head("a/b c%20+ü"));
        assertEquals(List.of(put), bucket.list("a/", true, Optional.empty()).objects());
        assertEquals(List.of("a/"), bucket.list("", false, Optional.empty()).prefixes());
    }

    @Test
    void theSameBytesAreAnotherVersion() throws IOException {
        StoredObject first = bucket.put("key", text("text"), ABSENT, "put-1");
        StoredObject second = bucket.put("key", text("text"), new Bucket.Condition.Version(first.version()), "put-2");
        assertNotEquals(first.version(), second.version());
        ConditionFailedException e =
                assertThrows(ConditionFailedException.class, () -> bucket.read(first, 0, ByteBuffer.allocate(4)));
        assertTrue(e.getMessage().endsWith("object=" + container + "/key"), e::getMessage);
    }

    @Test
    void aLargeObjectGoesUpInBlocksAndIsReadInRanges() throws IOException {
        byte[] bytes = new byte[5 * BLOCK + 123];
        new Random(1).nextBytes(bytes);
        ByteBuffer first = ByteBuffer.allocateDirect(100_000);
        first.put(bytes, 0, 100_000).flip();
        ByteBuffer second = ByteBuffer.wrap(bytes, 100_000, bytes.length - 100_000);
        StoredObject put = bucket.put("large", List.of(first, ByteBuffer.allocate(0), second), ABSENT, "put-1");
        assertEquals(100_000, first.remaining(), "content is not consumed");
        assertEquals(bytes.length, put.size());
        assertEquals(Optional.of(put), bucket.head("large"));
        ByteBuffer part = ByteBuffer.allocate(2 * BLOCK + 7);
        bucket.read(put, 60_001, part);
        assertEquals(ByteBuffer.wrap(bytes, 60_001, 2 * BLOCK + 7), part.flip());
        assertThrows(ConditionFailedException.class, () -> bucket.put("large", List.of(second), ABSENT, "put-2"));
        Bucket.Condition old = new Bucket.Condition.Version("0x8D0000000000000");
        assertThrows(ConditionFailedException.class, () -> bucket.put("large", List.of(second), old, "put-2"));
        assertEquals(Optional.of(put), bucket.head("large"));
    }

    @Test
    void whatIsOneBlockLongIsOneRequestAndReadsBack() throws IOException {
        StoredObject put = bucket.put("block", List.of(ByteBuffer.allocate(BLOCK)), ABSENT, "put-1");
        ByteBuffer all = ByteBuffer.allocate(BLOCK);
        bucket.read(put, 0, all);
        assertFalse(all.hasRemaining());
        assertEquals(0, bucket.put("empty", List.of(), ABSENT, "put-2").size());
    }

    @Test
    void aMissingObjectIsNoVersionAndNoFile() throws IOException {
        assertEquals(Optional.empty(), bucket.head("missing"));
        StoredObject gone = bucket.put("gone", text("text"), ABSENT, "put-1");
        bucket.delete(List.of("gone", "missing"));
        // Azure says that it is missing, the emulator that it is of another version
        IOException e = assertThrows(IOException.class, () -> bucket.read(gone, 0, ByteBuffer.allocate(4)));
        assertTrue(e instanceof NoSuchFileException || e instanceof ConditionFailedException, e::toString);
        Bucket.Condition version = new Bucket.Condition.Version(gone.version());
        assertThrows(IOException.class, () -> bucket.put("gone", text("text"), version, "put-2"));
        assertEquals(Optional.empty(), bucket.head("gone"));
    }

    @Test
    void aListGoesOverAllItsPagesInOrderAndManyAreDeletedAtOnce() throws IOException {
        List<String> keys = IntStream.range(0, 100)
                .mapToObj(i -> String.format("p/%03d", i))
                .toList();
        for (String key : keys) {
            bucket.put(key, text("x"), ABSENT, key);
        }
        for (boolean deep : new boolean[] {true, false}) {
            List<String> listed = new ArrayList<>();
            Optional<String> token = Optional.empty();
            int pages = 0;
            do {
                Page page = bucket.list("p/", deep, token);
                page.objects().forEach(object -> listed.add(object.key()));
                token = page.next();
                pages++;
            } while (token.isPresent());
            assertEquals(keys, listed);
            assertEquals(34, pages);
        }
        bucket.delete(keys.subList(0, 99));
        assertEquals(1, bucket.list("p/", true, Optional.empty()).objects().size());
    }
}
