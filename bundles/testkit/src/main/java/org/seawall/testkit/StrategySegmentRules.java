package org.seawall.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.seawall.LogFencedException;
import org.seawall.spi.filesystem.Capability;
import org.seawall.spi.strategy.SegmentFile;
import org.seawall.spi.strategy.WriteStrategy;

/** Rules W1 to W9: what a strategy says of itself, and the files that it makes. */
interface StrategySegmentRules extends StrategyRules {
    private StrategyTrial trial() throws IOException {
        return new StrategyTrial(this, 0);
    }

    @Test
    default void w01_nameAndRequirementsAreTheSameAtEveryCall() throws IOException {
        WriteStrategy strategy = strategy();
        assertEquals(strategy.name(), strategy.name());
        assertEquals(strategy.requires(), strategy.requires());
        StrategyTrial trial = trial();
        boolean perCommit = trial.store().segmentPerCommit();
        trial.log().commit("a");
        assertEquals(perCommit, trial.store().segmentPerCommit());
    }

    @Test
    default void w02_nothingIsUsedThatIsNotRequired() throws IOException {
        SegmentScenario scenario = new SegmentScenario(strategy());
        Storage storage = StrategyTrial.storage(this);
        Ledger<List<String>> ledger = new Ledger<>(scenario.nothing());
        scenario.run(storage, ledger);
        scenario.recover(storage, ledger);
    }

    @Test
    default void w03_anEmptyDirectoryHasNoSegments() throws IOException {
        assertEquals(List.of(), trial().store().segments());
    }

    @Test
    default void w04_sealedSegmentsComeByNameAndTheActiveOneLast() throws IOException {
        StrategyTrial trial = trial();
        for (String batch : List.of("a", "b", "c")) {
            trial.log().commit(batch);
            trial.log().roll();
        }
        if (strategy().requires().contains(Capability.CREATE_EXCLUSIVE)) {
            trial.files().create(trial.sealed(1).parent().child("a-stranger"), List.of(SegmentLog.bytes("?")));
        }
        List<SegmentFile> segments = trial.store().segments();
        List<String> sealed = segments.stream()
                .filter(segment -> !segment.active())
                .map(segment -> segment.location().name())
                .filter(name -> !name.startsWith("a-"))
                .toList();
        assertEquals(List.of(SegmentLog.name(1), SegmentLog.name(2), SegmentLog.name(3)), sealed);
        boolean active = trial.store().activeFile();
        assertEquals(active, segments.get(segments.size() - 1).active());
        assertEquals(
                active ? 1 : 0, segments.stream().filter(SegmentFile::active).count());
    }

    @Test
    default void w05_aSegmentIsItsHeaderAndItsFramesAndNothingElse() throws IOException {
        StrategyTrial trial = trial();
        trial.log().commit("a", "b");
        trial.log().roll();
        String expected = text(SegmentLog.header(1)) + text(SegmentLog.frame("a")) + text(SegmentLog.frame("b"));
        assertEquals(expected, trial.text(trial.sealed(1)));
        assertEquals(
                expected.length(),
                trial.store().segments().get(0).size(),
                "size of a sealed segment, nothing reserved");
    }

    @Test
    default void w06_theHeaderIsConsumedAndTheFramesAreNot() throws IOException {
        StrategyTrial trial = trial();
        ByteBuffer header = SegmentLog.header(1);
        trial.store().begin(SegmentLog.name(1), header);
        assertEquals(0, header.remaining(), "bytes left in the header");
        List<ByteBuffer> frames = List.of(SegmentLog.frame("a"), SegmentLog.frame("b"));
        trial.store().commit(frames).join();
        assertEquals(List.of(SegmentLog.frame("a"), SegmentLog.frame("b")), frames);
    }

    @Test
    default void w07_theLengthIsThatOfHeaderAndFrames() throws IOException {
        StrategyTrial trial = trial();
        trial.store().begin(SegmentLog.name(1), SegmentLog.header(1));
        int header = SegmentLog.header(1).remaining();
        assertEquals(header, trial.store().activeBytes());
        trial.store().commit(List.of(SegmentLog.frame("a"))).join();
        assertEquals(header + SegmentLog.frame("a").remaining(), trial.store().activeBytes());
    }

    @Test
    default void w08_aSegmentOfAnotherWriterFencesAndIsNotReplaced() throws IOException {
        StrategyTrial trial = trial();
        NotApplicable.unless(strategy().requires().contains(Capability.CREATE_EXCLUSIVE), "cannot play another writer");
        trial.log().commit("a");
        int taken = trial.store().activeFile() ? 1 : 2;
        trial.files().create(trial.sealed(taken), List.of(SegmentLog.bytes("theirs")));
        Exception failure = assertThrows(Exception.class, () -> {
            trial.log().roll();
            trial.log().commit("b");
        });
        assertEquals("theirs", trial.text(trial.sealed(taken)));
        if (!trial.store().activeFile()) {
            assertInstanceOf(LogFencedException.class, failure);
        }
    }

    @Test
    default void w09_aGroupOfManyBatchesIsWrittenWhole() throws IOException {
        StrategyTrial trial = trial();
        String[] names = IntStream.range(0, 2_000).mapToObj(i -> "b" + i).toArray(String[]::new);
        trial.log().commit(names);
        assertEquals(List.of(names), trial.crash());
    }

    @Test
    default void w30_aGroupWithoutBatchesIsAFence() throws IOException {
        StrategyTrial trial = trial();
        NotApplicable.unless(!trial.store().activeFile(), "has an active segment");
        trial.store().begin(SegmentLog.name(1), SegmentLog.header(1));
        trial.store().write(List.of()).join();
        ByteBuffer header = SegmentLog.header(1);
        byte[] expected = new byte[header.remaining()];
        header.get(expected);
        assertEquals(new String(expected, StandardCharsets.US_ASCII), trial.text(trial.sealed(1)));
    }

    private static String text(ByteBuffer bytes) {
        return new String(bytes.array(), StandardCharsets.US_ASCII);
    }
}
