package org.seawall.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.seawall.spi.filesystem.AppendRefusedException;
import org.seawall.spi.filesystem.Capability;
import org.seawall.spi.filesystem.FileInfo;
import org.seawall.spi.filesystem.FileInput;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;

/** Rules F57 to F65: files that grow at the position that is named, until they are sealed. */
interface FileSystemSealRules {
    Storage storage();

    Optional<Storage> afterPowerCut(FileSystem files) throws IOException;

    private Probe sealing() {
        return new Probe(storage()).needing(Capability.SEAL);
    }

    private static FileInfo append(Probe probe, Location file, long position, String text) throws IOException {
        return probe.files().append(file, position, Probe.buffers(text));
    }

    @Test
    default void f57_anAppendGoesBehindTheOthersAndConsumesItsBuffers() throws IOException {
        Probe probe = sealing();
        Location file = probe.at("new", "directory", "file");
        List<ByteBuffer> content = Probe.buffers("one ", "", "two ");
        FileInfo first = probe.files().append(file, 0, content);
        assertTrue(content.stream().noneMatch(ByteBuffer::hasRemaining), "bytes left in the buffers");
        assertEquals(8, first.size());
        assertEquals(Optional.of(first), probe.find(file));
        assertEquals(13, append(probe, file, 8, "three").size());
        assertEquals("one two three", probe.text(file));
        assertEquals(List.of("file"), probe.names(file.parent()));
    }

    @Test
    default void f58_anAppendAtAnotherPositionThanTheEndIsRefused() throws IOException {
        Probe probe = sealing();
        Location file = probe.at("file");
        append(probe, file, 0, "text");
        for (long position : List.of(0L, 3L, 5L)) {
            Probe.assertNames(file, AppendRefusedException.class, () -> append(probe, file, position, "other"));
        }
        assertEquals("text", probe.text(file));
        Probe.assertNames(
                probe.at("missing"), NoSuchFileException.class, () -> append(probe, probe.at("missing"), 4, "text"));
        assertEquals(Optional.empty(), probe.find(probe.at("missing")));
    }

    @Test
    default void f59_ofManyThatAppendAtOnePositionExactlyOneSucceeds() throws Exception {
        Probe probe = sealing();
        Location file = probe.at("race", "file");
        StringBuilder expected = new StringBuilder();
        for (int round = 0; round < 10; round++) {
            long position = expected.length();
            AtomicInteger winner = new AtomicInteger(-1);
            AtomicInteger winners = new AtomicInteger();
            Together.run(6, thread -> {
                try {
                    append(probe, file, position, "writer " + thread + " ".repeat(300));
                    winners.incrementAndGet();
                    winner.set(thread);
                } catch (AppendRefusedException e) {
                    assertTrue(e.getMessage().contains(file.toString()), e::getMessage);
                }
            });
            assertEquals(1, winners.get(), "appends that succeeded");
            expected.append("writer ").append(winner.get()).append(" ".repeat(300));
            assertEquals(expected.toString(), probe.text(file));
        }
    }

    @Test
    default void f60_aSealedFileTakesNothingAndItsLengthIsFinal() throws IOException {
        Probe probe = sealing();
        Location file = probe.at("file");
        append(probe, file, 0, "text");
        FileInfo sealed = probe.files().seal(file);
        assertEquals(4, sealed.size());
        Probe.assertNames(file, AppendRefusedException.class, () -> append(probe, file, 4, "more"));
        assertEquals(4, probe.files().seal(file).size(), "sealed again");
        assertEquals("text", probe.text(file));
        Probe.assertNames(
                probe.at("missing"),
                NoSuchFileException.class,
                () -> probe.files().seal(probe.at("missing")));
    }

    /** The one who seals reads to the length that it is told, and nothing is behind it. */
    @Test
    default void f61_whatWasAppendedIsWithinTheLengthThatTheSealTells() throws Exception {
        Probe probe = sealing();
        for (int round = 0; round < 10; round++) {
            Location file = probe.at("race", "file" + round);
            append(probe, file, 0, "0");
            AtomicLong appended = new AtomicLong(1);
            AtomicLong sealed = new AtomicLong();
            AtomicBoolean ended = new AtomicBoolean();
            Together.run(2, thread -> {
                if (thread == 0) {
                    try {
                        appendUntilSealed(probe, file, appended);
                    } finally {
                        ended.set(true);
                    }
                } else {
                    while (appended.get() < 5 && !ended.get()) {
                        Thread.onSpinWait();
                    }
                    sealed.set(probe.files().seal(file).size());
                }
            });
            assertEquals(appended.get(), sealed.get(), "length that the seal told, of what was appended");
            assertEquals(sealed.get(), probe.text(file).length());
        }
    }

    private static void appendUntilSealed(Probe probe, Location file, AtomicLong appended) throws IOException {
        try {
            // fewer than a file takes
            for (int i = 0; i < 150; i++) {
                append(probe, file, appended.get(), "x");
                appended.incrementAndGet();
            }
        } catch (AppendRefusedException e) {
            assertTrue(appended.get() >= 5, "refused before it was sealed");
        }
    }

    @Test
    default void f62_aFileThatWasCreatedWholeIsSealed() throws IOException {
        Probe probe = sealing().needing(Capability.CREATE_EXCLUSIVE);
        Location file = probe.put("whole", "file");
        assertEquals(5, probe.files().seal(file).size());
        Location empty = probe.put("", "empty");
        Probe.assertNames(file, AppendRefusedException.class, () -> append(probe, file, 5, "more"));
        Probe.assertNames(empty, AppendRefusedException.class, () -> append(probe, empty, 0, "more"));
        assertEquals("whole", probe.text(file));
        append(probe, probe.at("grown"), 0, "text");
        assertThrows(
                FileAlreadyExistsException.class,
                () -> probe.files().create(probe.at("grown"), Probe.buffers("other")));
    }

    @Test
    default void f63_anOpenFileIsReadWhileItGrows() throws IOException {
        Probe probe = sealing();
        Location file = probe.at("file");
        append(probe, file, 0, "text");
        try (FileInput input = probe.files().open(file)) {
            append(probe, file, 4, " and more");
            assertEquals(4, input.size());
            ByteBuffer content = ByteBuffer.allocate(4);
            input.read(0, content);
            assertEquals("text", new String(content.array(), StandardCharsets.UTF_8));
        }
    }

    @Test
    default void f64_whatWasAppendedIsDurable() throws IOException {
        Probe probe = sealing();
        Location file = probe.at("new", "file");
        append(probe, file, 0, "one " + "x".repeat(2_000));
        append(probe, file, 2_004, "two");
        Optional<Storage> left = afterPowerCut(probe.files());
        NotApplicable.unless(left.isPresent(), "the power cannot be cut");
        Probe after = new Probe(left.get());
        assertEquals("one " + "x".repeat(2_000) + "two", after.text(after.at("new", "file")));
    }

    @Test
    default void f65_withoutSealNothingGrowsUntilItIsSealed() {
        Probe probe = new Probe(storage());
        probe.refuses(Capability.SEAL, () -> append(probe, probe.at("file"), 0, "text"));
        probe.refuses(Capability.SEAL, () -> probe.files().seal(probe.at("file")));
        probe.refuses(Capability.SEAL, () -> probe.files().appendLimits());
    }
}
