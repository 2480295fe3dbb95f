package org.seawall.bench;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.seawall.Entry;
import org.seawall.bench.harness.Cell;
import org.seawall.bench.harness.Spread;
import org.seawall.bench.harness.Table;
import org.seawall.bench.harness.Timing;
import org.seawall.catalog.CollectionSpec;
import org.seawall.catalog.Metric;
import org.seawall.core.BenchLog;
import org.seawall.spi.filesystem.Location;
import org.seawall.spi.serializer.BatchSerializer;
import org.seawall.spi.serializer.FrameRead;
import org.seawall.spi.serializer.SegmentFormat;

/**
 * One batch of 64 entries W1 to bytes and back, beside Avro's own writer and reader of generic records with the schema of the
 * file that the log wrote. Both write the same bytes, or the bench stops.
 */
final class CodingBench {
    private static final Cell CELL = new Cell("W1", 64, 1);
    private static final double ENCODE = 15;
    private static final double DECODE = 10;

    private final Options options;
    private final List<Entry> entries = Work.of(CELL, 64).batch(0);
    private final Map<String, Timing.Task> tasks = new LinkedHashMap<>();
    private long batchBytes;

    CodingBench(Options options) {
        this.options = options;
    }

    List<Table> run() throws Exception {
        addAvro();
        addSeawall("avro", BenchLog.avro());
        addSeawall("protobuf", BenchLog.protobuf());
        Map<String, double[]> figures = new LinkedHashMap<>();
        tasks.keySet().forEach(task -> figures.put(task, new double[options.rounds()]));
        for (int round = -2; round < options.rounds(); round++) {
            for (Map.Entry<String, Timing.Task> task : tasks.entrySet()) {
                double figure = Timing.megabytesPerSecond(task.getValue(), batchBytes, options.seconds() / 2);
                if (round >= 0) {
                    figures.get(task.getKey())[round] = figure;
                }
            }
        }
        return List.of(table(figures));
    }

    private static Table table(Map<String, double[]> figures) {
        Table table = new Table(
                "Encode and decode, W1",
                "what",
                "MB a second of processor time",
                "÷ Avro's own generic writer or reader");
        figures.forEach((task, figure) -> {
            boolean encodes = task.startsWith("encode");
            Spread ratio = Spread.ratio(figure, figures.get(encodes ? "encode, stock Avro" : "decode, stock Avro"));
            boolean target = !task.endsWith("stock Avro") && !task.startsWith("read");
            table.add(
                    task,
                    Spread.of(Arrays.stream(figure)).toString(),
                    target ? Table.atLeast(ratio, encodes ? ENCODE : DECODE) : ratio.toString());
        });
        return table;
    }

    private void addAvro() throws Exception {
        Path file = segment(BenchLog.avro());
        try (DataFileReader<GenericRecord> reader = new DataFileReader<>(file.toFile(), new GenericDatumReader<>())) {
            Schema schema = reader.getSchema();
            byte[] datum = bytes(reader.nextBlock());
            batchBytes = datum.length;
            GenericDatumReader<GenericRecord> decoder = new GenericDatumReader<>(schema);
            GenericRecord batch =
                    ordered(schema).read(null, DecoderFactory.get().binaryDecoder(datum, null));
            StockEncoder encoder = new StockEncoder(schema);
            if (!ByteBuffer.wrap(encoder.encode(batch)).equals(ByteBuffer.wrap(datum))) {
                throw new IllegalStateException("not the bytes that Avro writes, file=" + file);
            }
            tasks.put("encode, stock Avro", () -> encoder.encode(batch).length);
            BinaryDecoder reused = DecoderFactory.get().binaryDecoder(datum, null);
            tasks.put(
                    "decode, stock Avro",
                    () -> decoder.read(null, DecoderFactory.get().binaryDecoder(datum, reused))
                            .getSchema()
                            .getFields()
                            .size());
        }
    }

    /** A reader that keeps the order of a map, so that the bytes can be compared. */
    private static GenericDatumReader<GenericRecord> ordered(Schema schema) {
        GenericData data = new GenericData();
        data.setFastReaderEnabled(false);
        return new GenericDatumReader<>(schema, schema, data) {
            @Override
            protected Object newMap(Object old, int size) {
                return new LinkedHashMap<>();
            }
        };
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    /** Avro's writer with its buffered encoder, into an array that is there. */
    private static final class StockEncoder {
        private final GenericDatumWriter<GenericRecord> writer;
        private final ByteArrayOutputStream output = new ByteArrayOutputStream(1 << 20);
        private final BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(output, null);

        private StockEncoder(Schema schema) {
            this.writer = new GenericDatumWriter<>(schema);
        }

        private byte[] encode(GenericRecord batch) throws Exception {
            output.reset();
            writer.write(batch, encoder);
            encoder.flush();
            return output.toByteArray();
        }
    }

    private void addSeawall(String name, BatchSerializer serializer) throws Exception {
        tasks.put("encode, " + name, () -> serializer.encode(entries, 1).sizeBytes());
        Path file = segment(serializer);
        MemoryInput input = new MemoryInput(Location.parse(file.toString()), Files.readAllBytes(file));
        SegmentFormat format = serializer.open(input);
        long offset = format.headerBytes().remaining();
        tasks.put(
                "read and checked, no objects, " + name,
                () -> frame(format, input, offset).batch().count());
        tasks.put("decode, " + name, () -> {
            FrameRead.Frame frame = frame(format, input, offset);
            long sum = 0;
            for (int i = 0; i < frame.batch().count(); i++) {
                sum += frame.batch().entry(i).vector().length;
            }
            return sum;
        });
    }

    private static FrameRead.Frame frame(SegmentFormat format, MemoryInput input, long offset) throws Exception {
        return (FrameRead.Frame) format.read(input, offset);
    }

    /** A sealed segment of one batch, as a log writes it. */
    private Path segment(BatchSerializer serializer) throws Exception {
        Path directory = Directories.empty(options.directory().resolve(serializer.format()));
        try (BenchLog log = BenchLog.open(directory, BenchLog.files(), serializer)) {
            log.log()
                    .catalog()
                    .create(CollectionSpec.vectors(SeawallSubject.COLLECTION, CELL.dimension(), Metric.COSINE));
            log.log().append(SeawallSubject.COLLECTION, entries).join();
            log.log().roll(SeawallSubject.COLLECTION);
        }
        List<Path> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(directory)) {
            files.filter(path -> path.getFileName().toString().startsWith("wal_00000001_"))
                    .forEach(found::add);
        }
        return found.get(0);
    }
}
