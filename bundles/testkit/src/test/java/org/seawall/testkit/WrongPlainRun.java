package org.seawall.testkit;

import org.junit.jupiter.api.extension.RegisterExtension;
import org.seawall.spi.serializer.BatchSerializer;

/** The contract on a serializer with a flaw. Not run by itself. */
class WrongPlainRun extends SerializerContract {
    @RegisterExtension
    final WrongBackend wrong = new WrongBackend();

    @Override
    public BatchSerializer serializer() {
        return new PlainSerializer(PlainFlaw.valueOf(wrong.get()));
    }
}
