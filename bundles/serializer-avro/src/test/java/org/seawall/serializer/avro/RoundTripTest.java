package org.seawall.serializer.avro;

import org.seawall.serializer.common.RoundTripRules;

class RoundTripTest extends RoundTripRules {
    RoundTripTest() {
        super(Avro.SERIALIZER);
    }

    @Override
    protected int bytesAround(int entries) {
        int countAndEnd = 1 + 1;
        return countAndEnd;
    }
}
