package org.seawall.itests.conformance.inside;

import org.seawall.spi.serializer.BatchSerializer;
import org.seawall.testkit.SerializerContract;

/** The contract of serializers. */
public class SerializerRun extends SerializerContract {
    private final Tried<BatchSerializer> tried = Tried.of(BatchSerializer.class);

    @Override
    public BatchSerializer serializer() {
        return tried.service();
    }
}
