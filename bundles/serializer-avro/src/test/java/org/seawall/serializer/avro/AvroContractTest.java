package org.seawall.serializer.avro;

import org.seawall.spi.serializer.BatchSerializer;
import org.seawall.testkit.SerializerContract;
import org.seawall.testkit.Subject;

@Subject("avro")
class AvroContractTest extends SerializerContract {
    @Override
    public BatchSerializer serializer() {
        return new AvroSerializer(1 << 20);
    }
}
