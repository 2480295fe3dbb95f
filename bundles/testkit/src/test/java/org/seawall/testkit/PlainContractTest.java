package org.seawall.testkit;

import org.seawall.spi.serializer.BatchSerializer;

/** Without a flaw it keeps every rule. */
class PlainContractTest extends SerializerContract {
    @Override
    public BatchSerializer serializer() {
        return new PlainSerializer(PlainFlaw.NONE);
    }
}
