package org.seawall.serializer.protobuf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.seawall.serializer.common.GoldenFileRules;
import org.seawall.serializer.common.Segment;
import org.seawall.spi.serializer.FrameRead;

class GoldenFileTest extends GoldenFileRules {
    GoldenFileTest() {
        super(Protobuf.SERIALIZER, ".pb");
    }

    @Test
    void itsChecksumsFollowTheRule() throws IOException {
        Message file = DynamicMessage.parseFrom(StockProtobuf.SEGMENT, golden("segment-v2"));
        List<Integer> stock = ((List<?>) StockProtobuf.get(file, "batch"))
                .stream().map(batch -> StockProtobuf.checksum((Message) batch)).toList();
        List<Integer> ours = Segment.readAll(Protobuf.SERIALIZER, golden("segment-v2")).stream()
                .map(read -> ((FrameRead.Frame) read).checksum())
                .toList();
        assertEquals(stock, ours);
        assertEquals(3, ours.size());
    }
}
