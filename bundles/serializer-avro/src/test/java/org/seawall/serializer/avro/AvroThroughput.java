package org.seawall.serializer.avro;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.seawall.serializer.common.BatchChecksum;
import org.seawall.serializer.common.Throughput;

/** Measures ours beside stock Avro: run it by hand. */
final class AvroThroughput {
    private AvroThroughput() {}

    public static void main(String[] arguments) throws IOException {
        for (int batchSize : new int[] {1, 64, 1000}) {
            Throughput throughput = new Throughput(batchSize);
            throughput.add(Avro.SERIALIZER);
            List<GenericRecord> records = StockAvro.entries(throughput.batch());
            byte[] field = encoded(records);
            throughput.add("walk: boundaries, floats", () -> EntryBoundaries.of(field, 0, field.length).length);
            throughput.add("checksum", () -> BatchChecksum.of(field, 0, field.length));
            throughput.add("copy", () -> field.clone().length);
            throughput.add("stock: encode records that are there", () -> encoded(records).length);
            throughput.add("stock: encode entries", () -> encoded(StockAvro.entries(throughput.batch())).length);
            throughput.add("stock: decode generic", () -> decoded(field).size());
            throughput.run();
        }
    }

    private static byte[] encoded(List<GenericRecord> batch) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(4096 * batch.size());
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
        new GenericDatumWriter<>(StockAvro.ENTRIES).write(batch, encoder);
        encoder.flush();
        return out.toByteArray();
    }

    private static List<?> decoded(byte[] field) throws IOException {
        return new GenericDatumReader<List<?>>(StockAvro.ENTRIES)
                .read(null, DecoderFactory.get().binaryDecoder(field, null));
    }
}
