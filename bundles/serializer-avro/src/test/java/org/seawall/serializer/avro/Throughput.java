package org.seawall.serializer.avro;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.seawall.Entry;
import org.seawall.serializer.common.BatchChecksum;
import org.seawall.serializer.common.BytesInput;
import org.seawall.serializer.common.Segment;
import org.seawall.spi.serializer.EncodedBatch;
import org.seawall.spi.serializer.FrameRead;
import org.seawall.spi.serializer.SegmentFormat;

/** Measures MB/s beside stock Avro, in turns: run it by hand. Entries have 768 floats and three short strings. */
final class Throughput {
    private static final int ROUNDS = 6;
    private static final long NANOS_PER_ROUND = 700_000_000L;

    private final List<Entry> entries;
    private final List<GenericRecord> records;
    private final byte[] field;
    private final byte[] frame;
    private final SegmentFormat format = Avro.SERIALIZER.begin(Segment.HEADER);
    private int sink;

    private Throughput(int batchSize) {
        Random random = new Random(1);
        entries = new ArrayList<>();
        for (int i = 0; i < batchSize; i++) {
            float[] vector = new float[768];
            for (int at = 0; at < vector.length; at++) {
                vector[at] = random.nextFloat() * 2 - 1;
            }
            Map<String, String> metadata = new LinkedHashMap<>();
            metadata.put("title", "document " + i);
            metadata.put("lang", "en");
            metadata.put("source", "wiki");
            entries.add(Entry.vector("vec-" + (100_000 + i), vector).withMetadata(metadata));
        }
        records = StockAvro.entries(entries);
        AvroEncodedBatch batch = (AvroEncodedBatch) Avro.SERIALIZER.encode(entries, 0);
        field = new byte[batch.field().remaining()];
        batch.field().get(field);
        frame = Segment.joined(format.frame(new Segment(Avro.SERIALIZER).nextHeader(), batch));
    }

    public static void main(String[] arguments) throws IOException {
        for (int batchSize : new int[] {1, 64, 1000}) {
            new Throughput(batchSize).run(batchSize);
        }
    }

    private interface Step {
        void run() throws IOException;
    }

    private void run(int batchSize) throws IOException {
        Map<String, Step> steps = new LinkedHashMap<>();
        steps.put("encode, checksum and all", this::encode);
        steps.put("encode, stock, of records there", () -> encodeStock(records));
        steps.put("encode, stock, of entries", () -> encodeStock(StockAvro.entries(entries)));
        steps.put("read: checksum, boundaries, floats", this::read);
        steps.put("walk: boundaries, floats", () -> sink += EntryBoundaries.of(field, 0, field.length).length);
        steps.put("checksum", () -> sink += BatchChecksum.of(field, 0, field.length));
        steps.put("copy", () -> sink += field.clone().length);
        steps.put("read and make entries", this::readEntries);
        steps.put("decode, stock generic", this::decodeStock);
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
            String line = "batch %5d  %-36s %8.0f MB/s  %s";
            System.out.println(String.format(
                    Locale.ROOT,
                    line,
                    batchSize,
                    name,
                    sorted[sorted.length / 2],
                    Arrays.toString(Arrays.stream(sorted).mapToLong(Math::round).toArray())));
        });
    }

    private double megabytesPerSecond(Step step) throws IOException {
        long begin = System.nanoTime();
        long bytes = 0;
        long nanos;
        do {
            for (int i = 0; i < 4; i++) {
                step.run();
                bytes += field.length;
            }
            nanos = System.nanoTime() - begin;
        } while (nanos < NANOS_PER_ROUND);
        return bytes * 1000.0 / nanos;
    }

    private void encode() {
        sink += Avro.SERIALIZER.encode(entries, 0).sizeBytes();
    }

    private void encodeStock(List<GenericRecord> batch) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(field.length);
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
        new GenericDatumWriter<>(StockAvro.ENTRIES).write(batch, encoder);
        encoder.flush();
        sink += out.size();
    }

    private void read() throws IOException {
        sink += batch().count();
    }

    private void readEntries() throws IOException {
        EncodedBatch batch = batch();
        for (int i = 0; i < batch.count(); i++) {
            sink += batch.entry(i).vector().length;
        }
    }

    private EncodedBatch batch() throws IOException {
        return ((FrameRead.Frame) format.read(new BytesInput(frame), 0)).batch();
    }

    private void decodeStock() throws IOException {
        BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(field, null);
        sink += new GenericDatumReader<List<?>>(StockAvro.ENTRIES)
                .read(null, decoder)
                .size();
    }
}
