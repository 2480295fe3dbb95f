package org.seawall.viper.store;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.seawall.viper.manifest.FileNames;
import org.seawall.viper.manifest.PartEntry;

/** Thousands of flushes leave few parts, and a row is not written anew more than a few times. */
class CompactionPolicyTest {
    private static final long MIB = 1 << 20;

    private final List<PartEntry> parts = new ArrayList<>();
    private final CompactionPolicy policy = CompactionPolicy.DEFAULT;
    private long flushed;
    private long compacted;
    private long sequence;

    @Test
    void flushesOfOneSize() {
        flush(4_000, () -> 16 * MIB);
        assertTrue(parts.size() < 4_000 * 16 / 384 + 20, "parts=" + parts.size());
        assertTrue(amplification() < 2.1, "amplification=" + amplification());
    }

    @Test
    void fewerNeighboursThatFillAPartDo() {
        flush(1_000, () -> 120 * MIB);
        assertTrue(parts.size() < 1_000 / 4 + 4, "parts=" + parts.size());
        assertTrue(amplification() < 1.1, "amplification=" + amplification());
    }

    @Test
    void flushesOfSomeSizes() {
        Random random = new Random(1);
        flush(4_000, () -> (1 + random.nextInt(100)) * MIB / (1 + random.nextInt(100)));
        assertTrue(parts.size() < flushed / (256 * MIB) + 40, "parts=" + parts.size() + ", flushed=" + flushed / MIB);
        assertTrue(amplification() < 4, "amplification=" + amplification());
    }

    @Test
    void smallFlushesAmongLargeOnesDoNotWriteTheseAnew() {
        long[] number = new long[1];
        flush(4_000, () -> number[0]++ % 10 == 0 ? 100 * MIB : MIB / 10);
        assertTrue(amplification() < 3, "amplification=" + amplification());
        assertTrue(parts.size() < 400, "parts=" + parts.size());
    }

    private void flush(int flushes, LongSupplier bytes) {
        for (int i = 0; i < flushes; i++) {
            add(bytes.getAsLong());
            for (List<String> names = choose(); !names.isEmpty(); names = choose()) {
                compact(names);
            }
        }
    }

    private List<String> choose() {
        return policy.choose(parts, parts.stream().collect(Collectors.toMap(PartEntry::name, part -> 0)));
    }

    private void add(long bytes) {
        flushed += bytes;
        parts.add(part(bytes, ++sequence, sequence));
    }

    private void compact(List<String> names) {
        int first = parts.stream().map(PartEntry::name).toList().indexOf(names.get(0));
        List<PartEntry> run = parts.subList(first, first + names.size());
        long bytes = run.stream().mapToLong(PartEntry::bytes).sum();
        assertTrue(bytes <= policy.targetBytes());
        compacted += bytes;
        PartEntry merged =
                part(bytes, run.get(0).firstSequence(), run.get(run.size() - 1).lastSequence());
        run.clear();
        parts.add(first, merged);
    }

    private double amplification() {
        return (double) compacted / flushed;
    }

    private static PartEntry part(long bytes, long first, long last) {
        return new PartEntry(FileNames.fresh(1), 1, 1, Math.max(1, bytes), first, last, 0, 0, "", 0);
    }
}
