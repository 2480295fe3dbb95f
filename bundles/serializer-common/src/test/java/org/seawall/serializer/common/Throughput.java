package org.seawall.serializer.common;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.seawall.Entry;
import org.seawall.spi.serializer.BatchSerializer;
import org.seawall.spi.serializer.EncodedBatch;
import org.seawall.spi.serializer.FrameRead;
import org.seawall.spi.serializer.SegmentFormat;

/**
 * Measures a serializer beside others, in turns: run it by hand. Entries have 768 floats and three short strings. Speeds are
 * MB of floats in a second of the thread's time, so that what else the machine does tells less.
 */
public final class Throughput {
    private static final int ROUNDS = 6;
    private static final long NANOS_PER_ROUND = 700_000_000L;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /** What is measured. */
    public interface Step {
        /** Does it once, and returns something that depends on all of it. */
        int run() throws IOException;
    }

    private final Map<String, Step> steps = new LinkedHashMap<>();
    private final List<Entry> entries;
    private final long bytes;
    private int sink;

    public Throughput(int batchSize) {
        this.entries = entries(batchSize);
        this.bytes = (long) batchSize * 768 * Float.BYTES;
    }

    public List<Entry> batch() {
        return entries;
    }

    /** Adds what every serializer does. */
    public void add(BatchSerializer serializer) throws IOException {
        SegmentFormat format = serializer.begin(Segment.HEADER);
        byte[] frame =
                Segment.joined(format.frame(new Segment(serializer).nextHeader(), serializer.encode(entries, 0)));
        BytesInput input = new BytesInput(frame);
        String name = serializer.format();
        add(
                name + ": encode, checksum and all",
                () -> serializer.encode(entries, 0).sizeBytes());
        add(name + ": read, checksum and all", () -> read(format, input).count());
        add(name + ": read and make entries", () -> {
            EncodedBatch batch = read(format, input);
            int components = 0;
            for (int i = 0; i < batch.count(); i++) {
                components += batch.entry(i).vector().length;
            }
            return components;
        });
        EncodedBatch batch = read(format, input);
        float[] vector = new float[batch.dimension(0)];
        add(name + ": vectors of a batch in memory", () -> {
            for (int i = 0; i < batch.count(); i++) {
                batch.vector(i, vector);
            }
            return (int) vector[0];
        });
    }

    public void add(String name, Step step) {
        steps.put(name, step);
    }

    private static EncodedBatch read(SegmentFormat format, BytesInput input) throws IOException {
        return ((FrameRead.Frame) format.read(input, 0)).batch();
    }

    /** Measures all steps in turns, and prints the median and all rounds. */
    public void run() throws IOException {
        Map<String, List<Double>> results = new LinkedHashMap<>();
        for (int round = -2; round < ROUNDS; round++) {
            for (Map.Entry<String, Step> step : steps.entrySet()) {
                double speed = megabytesPerSecond(step.getValue());
                if (round >= 0) {
                    results.computeIfAbsent(step.getKey(), k -> new ArrayList<>())
                            .add(speed);
                }
            }
        }
        results.forEach((name, speeds) -> {
            double[] sorted = speeds.stream().mapToDouble(d -> d).sorted().toArray();
            String line = "batch %5d  %-42s %8.0f MB/s  %s";
            System.out.println(String.format(
                    Locale.ROOT,
                    line,
                    entries.size(),
                    name,
                    sorted[sorted.length / 2],
                    Arrays.toString(Arrays.stream(sorted).mapToLong(Math::round).toArray())));
        });
        System.out.println("(" + sink + ")");
    }

    private double megabytesPerSecond(Step step) throws IOException {
        long begin = THREADS.getCurrentThreadCpuTime();
        long done = 0;
        long nanos;
        do {
            for (int i = 0; i < 4; i++) {
                sink += step.run();
                done += bytes;
            }
            nanos = THREADS.getCurrentThreadCpuTime() - begin;
        } while (nanos < NANOS_PER_ROUND);
        return done * 1000.0 / nanos;
    }

    private static List<Entry> entries(int count) {
        Random random = new Random(1);
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            float[] vector = new float[768];
            for (int at = 0; at < vector.length; at++) {
                vector[at] = random.nextFloat() * 2 - 1;
            }
            Map<String, Object> metadata = new LinkedHashMap<>();
            metadata.put("title", "document " + i);
            metadata.put("lang", "en");
            metadata.put("source", "wiki");
            entries.add(Entry.vector("vec-" + (100_000 + i), vector).withMetadata(metadata));
        }
        return entries;
    }
}
