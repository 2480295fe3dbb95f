package org.example.lines;

import org.seawall.spi.serializer.BatchSerializer;
import org.seawall.testkit.SerializerContract;
import org.seawall.testkit.Subject;

/** The contract of serializers. */
@Subject("lines")
class LinesSerializerTest extends SerializerContract {
    @Override
    public BatchSerializer serializer() {
        return new LinesSerializer();
    }
}
