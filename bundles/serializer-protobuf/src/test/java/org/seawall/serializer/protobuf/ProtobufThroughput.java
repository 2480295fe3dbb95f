package org.seawall.serializer.protobuf;

import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import java.io.IOException;
import java.util.List;
import org.seawall.serializer.common.Throughput;
import org.seawall.spi.serializer.BatchHeader;

/** Measures ours beside the protobuf library with dynamic messages: run it by hand. */
final class ProtobufThroughput {
    private ProtobufThroughput() {}

    public static void main(String[] arguments) throws IOException {
        BatchHeader header = new BatchHeader(41, 3, "w", 40, 1_751_120_400_000L);
        for (int batchSize : new int[] {1, 64, 1000}) {
            Throughput throughput = new Throughput(batchSize);
            throughput.add(Protobuf.SERIALIZER);
            List<Message> entries = StockProtobuf.entries(throughput.batch());
            byte[] batch = StockProtobuf.batch(header, entries).toByteArray();
            throughput.add(
                    "stock: encode messages that are there",
                    () -> StockProtobuf.batch(header, entries).toByteArray().length);
            throughput.add(
                    "stock: decode dynamic",
                    () -> DynamicMessage.parseFrom(StockProtobuf.BATCH, batch).getSerializedSize());
            throughput.run();
        }
    }
}
