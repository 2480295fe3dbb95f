package org.seawall.serializer.protobuf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seawall.Entry;
import org.seawall.serializer.common.RandomEntries;
import org.seawall.serializer.common.Segment;
import org.seawall.spi.serializer.BatchHeader;

/** What we write is what the protobuf library writes, byte for byte, and the library reads it. */
class StockProtobufTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 10, 63, 64, 100, 500})
    void filesAreThePiecesOfTheLibrary(int entriesPerBatch) {
        RandomEntries random = new RandomEntries(entriesPerBatch);
        Segment segment = new Segment(Protobuf.SERIALIZER);
        byte[] marker = segment.format().marker();
        ByteArrayOutputStream stock = new ByteArrayOutputStream();
        stock.writeBytes(StockProtobuf.firstPiece(Segment.HEADER, marker));
        for (int i = 0; i < 20; i++) {
            List<Entry> entries = random.batch(entriesPerBatch);
            Message batch = StockProtobuf.batch(segment.nextHeader(), StockProtobuf.entries(entries));
            stock.writeBytes(StockProtobuf.piece(batch, marker));
            segment.add(entries);
        }
        assertArrayEquals(stock.toByteArray(), segment.bytes());
    }

    @Test
    void theLibraryReadsAWholeFileAsOneMessage() throws IOException {
        RandomEntries random = new RandomEntries(1);
        Segment segment = new Segment(Protobuf.SERIALIZER);
        List<BatchHeader> headers = new ArrayList<>();
        List<List<Entry>> written = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            written.add(random.batch(20));
            headers.add(segment.nextHeader());
            segment.add(written.get(i));
        }
        Message file = DynamicMessage.parseFrom(StockProtobuf.SEGMENT, segment.bytes());
        assertEquals("seawall", StockProtobuf.get(file, "magic"));
        assertEquals(StockProtobuf.header(Segment.HEADER), StockProtobuf.get(file, "header"));
        ByteString marker = ByteString.copyFrom(segment.format().marker());
        assertEquals(Collections.nCopies(11, marker), StockProtobuf.get(file, "marker"));
        assertTrue(file.getUnknownFields().asMap().isEmpty());

        List<BatchHeader> readHeaders = new ArrayList<>();
        List<List<Entry>> read = new ArrayList<>();
        for (Object element : (List<?>) StockProtobuf.get(file, "batch")) {
            Message batch = (Message) element;
            readHeaders.add(new BatchHeader(
                    (Long) StockProtobuf.get(batch, "first_sequence"),
                    (Long) StockProtobuf.get(batch, "epoch"),
                    (String) StockProtobuf.get(batch, "writer"),
                    (Long) StockProtobuf.get(batch, "durable_sequence"),
                    (Long) StockProtobuf.get(batch, "written_millis")));
            assertEquals(StockProtobuf.checksum(batch), StockProtobuf.get(batch, "crc32c"));
            read.add(((List<?>) StockProtobuf.get(batch, "entries"))
                    .stream().map(entry -> StockProtobuf.entry((Message) entry)).toList());
        }
        assertEquals(headers, readHeaders);
        assertEquals(written, read);
    }

    @Test
    void theOrderOfMetadataIsKept() throws IOException {
        for (long seed = 0; seed < 50; seed++) {
            Entry entry = new RandomEntries(seed).entry();
            Segment segment = new Segment(Protobuf.SERIALIZER);
            segment.add(List.of(entry));
            Entry read = Segment.entries(Segment.readAll(Protobuf.SERIALIZER, segment.bytes())
                            .get(0))
                    .get(0);
            assertEquals(
                    List.copyOf(entry.metadata().entrySet()),
                    List.copyOf(read.metadata().entrySet()));
        }
    }
}
