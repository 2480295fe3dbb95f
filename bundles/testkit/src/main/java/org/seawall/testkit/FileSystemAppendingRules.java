package org.seawall.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.seawall.spi.filesystem.AppendFile;
import org.seawall.spi.filesystem.Capability;
import org.seawall.spi.filesystem.Location;

/** Rules F23 to F31: files that grow. */
interface FileSystemAppendingRules {
    Storage storage();

    private Probe appending() {
        return new Probe(storage()).needing(Capability.APPEND);
    }

    /** Makes a growing file with a text and closes it. */
    private static Location grown(Probe probe, String text) throws IOException {
        Location file = probe.at("new", "grown");
        try (AppendFile open = probe.files().createAppendable(file)) {
            open.write(Probe.bytes(text));
            probe.force(open);
        }
        return file;
    }

    @Test
    default void f23_aNewFileIsEmptyAndItsNameIsSeen() throws IOException {
        Probe probe = appending();
        Location file = probe.at("new", "directory", "file");
        try (AppendFile open = probe.files().createAppendable(file)) {
            assertEquals(file, open.location());
            assertEquals(0, open.position());
            assertTrue(probe.find(file).isPresent());
        }
        assertEquals("", probe.grown(file));
    }

    @Test
    default void f24_createAppendableNeverReplaces() throws IOException {
        Probe probe = appending();
        Location file = grown(probe, "old");
        Probe.assertNames(
                file, FileAlreadyExistsException.class, () -> probe.files().createAppendable(file));
        assertEquals("old", probe.grown(file));
    }

    @Test
    default void f25_buffersAreWrittenOneBehindTheOtherAndConsumed() throws IOException {
        Probe probe = appending();
        Location file = probe.at("file");
        try (AppendFile open = probe.files().createAppendable(file)) {
            ByteBuffer[] data = {Probe.bytes("one "), Probe.bytes(""), Probe.bytes("two ")};
            open.write(data);
            assertTrue(Arrays.stream(data).noneMatch(ByteBuffer::hasRemaining), "bytes left in the buffers");
            assertEquals(8, open.position());
            open.write(Probe.bytes("xthreex").position(1).limit(6));
            assertEquals(13, open.position());
            probe.force(open);
            assertEquals("one two three", probe.grown(file), "while it is open");
        }
        assertEquals("one two three", probe.grown(file), "after it was closed");
    }

    @Test
    default void f26_manyBuffersAndManyBytesAreWrittenWhole() throws IOException {
        Probe probe = appending();
        Location file = probe.at("file");
        ByteBuffer[] data = IntStream.range(0, 3_000)
                .mapToObj(i -> Probe.bytes(i % 100 == 0 ? "y".repeat(50_000) : "x" + i))
                .toArray(ByteBuffer[]::new);
        StringBuilder expected = new StringBuilder();
        for (ByteBuffer buffer : data) {
            expected.append(new String(buffer.array()));
        }
        try (AppendFile open = probe.files().createAppendable(file)) {
            open.write(data);
            probe.force(open);
            assertEquals(expected.length(), open.position());
        }
        assertEquals(expected.toString(), probe.grown(file));
    }

    @Test
    default void f27_behindTheEndThereIsNothingOrZeroes() throws IOException {
        Probe probe = appending();
        Location file = grown(probe, "text");
        assertTrue(probe.text(file).matches("text\0*"), "bytes behind the end");
    }

    @Test
    default void f28_truncateLeavesNothingBehindItsEnd() throws IOException {
        Probe probe = appending();
        Location file = probe.at("file");
        try (AppendFile open = probe.files().createAppendable(file)) {
            open.write(Probe.bytes("0123456789".repeat(1_000)));
            open.truncate(1_003);
            assertEquals(1_003, open.position());
            probe.force(open);
            assertEquals(1_003, probe.find(file).orElseThrow().size(), "length, with nothing reserved");
            open.write(Probe.bytes("-"));
            probe.force(open);
            open.truncate(1_004);
            probe.force(open);
        }
        assertEquals("0123456789".repeat(100) + "012-", probe.text(file));
    }

    @Test
    default void f29_aFileIsGoneOnWithAtItsPosition() throws IOException {
        Probe probe = appending();
        Location file = grown(probe, "one two");
        try (AppendFile open = probe.files().openAppendable(file, 7)) {
            assertEquals(7, open.position());
            open.write(Probe.bytes(" three"));
            probe.force(open);
        }
        assertEquals("one two three", probe.grown(file));
        try (AppendFile open = probe.files().openAppendable(file, 3)) {
            open.truncate(3);
            open.write(Probe.bytes("!"));
            probe.force(open);
        }
        assertEquals("one!", probe.grown(file));
    }

    @Test
    default void f30_aFileThatIsMissingOrTooShortIsNotGoneOnWith() throws IOException {
        Probe probe = appending();
        Probe.assertNames(
                probe.at("missing"),
                NoSuchFileException.class,
                () -> probe.files().openAppendable(probe.at("missing"), 0).close());
        Location file = probe.put("text", "short");
        assertThrows(
                IOException.class, () -> probe.files().openAppendable(file, 5).close());
        assertTrue(probe.find(probe.at("missing")).isEmpty(), "created by opening it");
    }

    @Test
    default void f31_aClosedFileTakesNothingAndClosingAgainDoesNothing() throws IOException {
        Probe probe = appending();
        Location file = probe.at("file");
        AppendFile open = probe.files().createAppendable(file);
        open.write(Probe.bytes("text"));
        probe.force(open);
        open.close();
        open.close();
        assertThrows(IOException.class, () -> open.write(Probe.bytes("more")));
        assertEquals("text", probe.grown(file));
    }
}
