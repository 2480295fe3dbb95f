package org.seawall.serializer.protobuf;

import org.seawall.spi.serializer.BatchSerializer;
import org.seawall.testkit.SerializerContract;
import org.seawall.testkit.Subject;

@Subject("protobuf")
class ProtobufContractTest extends SerializerContract {
    @Override
    public BatchSerializer serializer() {
        return new ProtobufSerializer(1 << 20);
    }
}
