package org.seawall.serializer.avro;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.seawall.serializer.common.GoldenFileRules;
import org.seawall.serializer.common.Segment;
import org.seawall.spi.serializer.FrameRead;

class GoldenFileTest extends GoldenFileRules {
    GoldenFileTest() {
        super(Avro.SERIALIZER, ".avro");
    }

    @Test
    void itsChecksumsFollowTheRule() throws IOException {
        byte[] file = golden("segment-v2");
        int at = HeaderMap.read(file).end() + 16;
        for (FrameRead read : Segment.readAll(Avro.SERIALIZER, file)) {
            FrameRead.Frame frame = (FrameRead.Frame) read;
            long sum = StockAvro.checksum(Arrays.copyOfRange(file, at, at + (int) frame.length() - 16));
            assertEquals(sum, Integer.toUnsignedLong(frame.checksum()));
            at += (int) frame.length();
        }
        assertEquals(file.length, at);
    }
}
