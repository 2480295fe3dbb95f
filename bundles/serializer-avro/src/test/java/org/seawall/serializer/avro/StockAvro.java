package org.seawall.serializer.avro;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.seawall.Entry;
import org.seawall.Operation;
import org.seawall.serializer.common.FormatVersion;
import org.seawall.spi.serializer.BatchHeader;

/** The oracle: the same batches by the Avro library and nothing of ours but the schema. */
final class StockAvro {
    static final Schema BATCH = new Schema.Parser().parse(SegmentSchema.text(FormatVersion.NEWEST));
    static final Schema ENTRIES = BATCH.getField("entries").schema();
    static final Schema ENTRY = ENTRIES.getElementType();
    private static final Schema OPERATION = ENTRY.getField("operation").schema();

    private StockAvro() {}

    static GenericRecord entry(Entry entry) {
        GenericRecord record = new GenericData.Record(ENTRY);
        record.put("operation", new GenericData.EnumSymbol(OPERATION, entry.operation()));
        record.put("id", entry.id());
        record.put("timestamp", entry.timestampMillis());
        record.put("expiresAt", entry.expiresAtMillis() == 0 ? null : entry.expiresAtMillis());
        List<Float> vector = new ArrayList<>();
        for (float component : entry.vector()) {
            vector.add(component);
        }
        record.put("vector", vector);
        record.put("metadata", entry.metadata());
        record.put("payload", ByteBuffer.wrap(entry.payload()));
        return record;
    }

    static List<GenericRecord> entries(List<Entry> entries) {
        return entries.stream().map(StockAvro::entry).toList();
    }

    static Entry entry(GenericRecord record) {
        List<?> components = (List<?>) record.get("vector");
        float[] vector = new float[components.size()];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (Float) components.get(i);
        }
        Map<String, Object> metadata = new LinkedHashMap<>();
        ((Map<?, ?>) record.get("metadata"))
                .forEach((name, value) ->
                        metadata.put(name.toString(), value instanceof CharSequence ? value.toString() : value));
        ByteBuffer payload = (ByteBuffer) record.get("payload");
        Object expiresAt = record.get("expiresAt");
        return new Entry(
                Operation.valueOf(record.get("operation").toString()),
                record.get("id").toString(),
                vector,
                metadata,
                Arrays.copyOfRange(payload.array(), payload.position(), payload.limit()),
                (Long) record.get("timestamp"),
                expiresAt == null ? 0 : (Long) expiresAt);
    }

    /** A batch with its checksum by the rule of FORMAT.md. */
    static GenericRecord batch(BatchHeader header, List<GenericRecord> entries) throws IOException {
        GenericRecord record = new GenericData.Record(BATCH);
        record.put("firstSequence", header.firstSequence());
        record.put("epoch", header.epoch());
        record.put("writer", header.writer());
        record.put("durableSequence", header.durableSequence());
        record.put("writtenAt", header.writtenMillis());
        record.put("entries", entries);
        record.put("crc32c", checksum(record));
        return record;
    }

    static long checksum(GenericRecord batch) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        new GenericDatumWriter<>(ENTRIES).write(batch.get("entries"), encoder);
        encoder.writeLong((Long) batch.get("firstSequence"));
        encoder.writeLong((Long) batch.get("epoch"));
        encoder.writeString(batch.get("writer").toString());
        encoder.writeLong((Long) batch.get("durableSequence"));
        encoder.writeLong((Long) batch.get("writtenAt"));
        encoder.flush();
        CRC32C crc = new CRC32C();
        crc.update(bytes.toByteArray());
        return crc.getValue();
    }

    /** The checksum by the rule, of a frame without its marker: the library says only where the fields are. */
    static long checksum(byte[] frame) throws IOException {
        BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(frame, null);
        decoder.readLong();
        decoder.readLong();
        int fields = position(frame, decoder);
        decoder.readLong();
        decoder.readLong();
        decoder.skipString();
        decoder.readLong();
        decoder.readLong();
        int entries = position(frame, decoder);
        new GenericDatumReader<>(ENTRIES).read(null, decoder);
        int end = position(frame, decoder);
        CRC32C crc = new CRC32C();
        crc.update(frame, entries, end - entries);
        crc.update(frame, fields, entries - fields);
        if (decoder.readLong() != crc.getValue() || !decoder.isEnd()) {
            throw new IOException("not the checksum of the rule, or not the end behind it");
        }
        return crc.getValue();
    }

    private static int position(byte[] frame, BinaryDecoder decoder) throws IOException {
        return frame.length - decoder.inputStream().available();
    }

    /** What follows the header of a file that holds these batches, one a block. */
    static byte[] blocks(List<GenericRecord> batches, byte[] marker) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataFileWriter<GenericRecord> writer = new DataFileWriter<>(new GenericDatumWriter<>(BATCH))) {
            writer.create(BATCH, bytes, marker);
            writer.flush();
            int headerBytes = bytes.size();
            for (GenericRecord batch : batches) {
                writer.append(batch);
                writer.sync();
            }
            writer.flush();
            byte[] file = bytes.toByteArray();
            return Arrays.copyOfRange(file, headerBytes, file.length);
        }
    }

    static DataFileStream<GenericRecord> reader(InputStream file) throws IOException {
        return new DataFileStream<>(file, new GenericDatumReader<>());
    }
}
