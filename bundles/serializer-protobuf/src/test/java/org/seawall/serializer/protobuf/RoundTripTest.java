package org.seawall.serializer.protobuf;

import org.seawall.serializer.common.RoundTripRules;

class RoundTripTest extends RoundTripRules {
    RoundTripTest() {
        super(Protobuf.SERIALIZER);
    }

    @Override
    protected int bytesAround(int entries) {
        return 0;
    }
}
