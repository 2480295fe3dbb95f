package org.seawall.serializer.avro;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seawall.Entry;
import org.seawall.serializer.common.RandomEntries;
import org.seawall.serializer.common.Segment;

/** What we write is what the Avro library writes, byte for byte, and the library reads it. */
class StockAvroTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 10, 63, 64, 100, 500})
    void framesAreTheBytesOfTheLibrary(int entriesPerBatch) throws IOException {
        RandomEntries random = new RandomEntries(entriesPerBatch);
        Segment segment = new Segment(Avro.SERIALIZER);
        List<GenericRecord> batches = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            List<Entry> entries = random.batch(entriesPerBatch);
            batches.add(StockAvro.batch(segment.nextHeader(), StockAvro.entries(entries)));
            segment.add(entries);
        }
        byte[] file = segment.bytes();
        byte[] frames = Arrays.copyOfRange(file, segment.frameOffsets().get(0), file.length);
        assertArrayEquals(StockAvro.blocks(batches, segment.format().marker()), frames);
    }

    @Test
    void theLibraryReadsHeaderAndEntries() throws IOException {
        RandomEntries random = new RandomEntries(1);
        Segment segment = new Segment(Avro.SERIALIZER);
        List<Entry> written = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            List<Entry> entries = random.batch(20);
            segment.add(entries);
            written.addAll(entries);
        }
        List<Entry> read = new ArrayList<>();
        try (DataFileStream<GenericRecord> reader = StockAvro.reader(new ByteArrayInputStream(segment.bytes()))) {
            assertEquals("null", reader.getMetaString("avro.codec"));
            assertEquals("2", reader.getMetaString("seawall.format"));
            assertEquals(Segment.HEADER.collection(), reader.getMetaString("seawall.collection"));
            assertEquals("7", reader.getMetaString("seawall.segment"));
            assertEquals("3", reader.getMetaString("seawall.epoch"));
            assertEquals("41", reader.getMetaString("seawall.firstSequence"));
            assertEquals(Segment.HEADER.predecessor(), reader.getMetaString("seawall.predecessor"));
            assertEquals("00c0ffee", reader.getMetaString("seawall.predecessorChain"));
            assertEquals(Segment.HEADER.successor(), reader.getMetaString("seawall.successor"));
            assertEquals("0", reader.getMetaString("seawall.coversSegment"));
            assertEquals("00000000", reader.getMetaString("seawall.coversChain"));
            assertEquals("0", reader.getMetaString("seawall.coversSequence"));
            assertEquals("0", reader.getMetaString("seawall.coversEntries"));
            assertEquals("1751120400000", reader.getMetaString("seawall.created"));
            for (GenericRecord batch : reader) {
                assertEquals(1, reader.getBlockCount());
                for (Object entry : (List<?>) batch.get("entries")) {
                    read.add(StockAvro.entry((GenericRecord) entry));
                }
            }
        }
        assertEquals(written, read);
    }

    @Test
    void everyFieldOfTheSchemaIsDocumented() {
        for (Schema record : List.of(StockAvro.BATCH, StockAvro.ENTRY)) {
            for (Schema.Field field : record.getFields()) {
                assertFalse(field.doc().isBlank(), field.name());
            }
        }
    }
}
