package org.seawall.filesystem.common;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.seawall.filesystem.common.TestFiles.at;
import static org.seawall.filesystem.common.TestFiles.bytes;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.seawall.spi.filesystem.FileInfo;
import org.seawall.spi.filesystem.FileInput;

/** What a list has told is read without being looked up again, in the version that it told of and no other. */
class OpenedAsListedTest {

    private final AtomicInteger heads = new AtomicInteger();
    private final TestFiles test = TestFiles.over(new ForwardingBucket(new MemoryBucket()) {
        @Override
        public Optional<StoredObject> head(String key) throws IOException {
            heads.incrementAndGet();
            return super.head(key);
        }
    });
    private FileInfo listed;

    @BeforeEach
    void list() throws IOException {
        test.files().create(at("wal/file"), bytes("content"));
        listed = test.files().list(at("wal")).get(0);
        heads.set(0);
    }

    @AfterEach
    void close() {
        test.close();
    }

    private String text() throws IOException {
        try (FileInput input = test.files().open(listed)) {
            ByteBuffer content = ByteBuffer.allocate(Math.toIntExact(input.size()));
            input.read(0, content);
            return new String(content.array(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void nothingIsAskedForButTheContent() throws IOException {
        assertEquals("content", text());
        assertEquals(0, heads.get());
    }

    @Test
    void anotherVersionIsRefused() throws IOException {
        test.files().replace(at("wal/file"), bytes("another"), Optional.of(listed.version()));
        String told = assertThrows(IOException.class, this::text).getMessage();
        assertTrue(told.startsWith("file was replaced since it was looked up, version=" + listed.version()), told);
        assertTrue(told.endsWith("file=test://bucket/wal/file"), told);
    }

    @Test
    void whatIsGoneIsMissing() throws IOException {
        test.files().delete(at("wal/file"));
        String told = assertThrows(NoSuchFileException.class, this::text).getMessage();
        assertEquals("test://bucket/wal/file: was deleted since it was looked up", told);
    }

    @Test
    void whatIsNotKnownIsLookedUp() throws IOException {
        listed = new FileInfo(listed.location(), false, 1, "");
        assertEquals("content", text());
        assertEquals(1, heads.get());
        assertEquals(List.of(), test.files().list(at("nothing")));
    }
}
