package org.seawall.serializer.protobuf;

import org.seawall.serializer.common.LimitRules;
import org.seawall.spi.serializer.BatchSerializer;

class LimitsTest extends LimitRules {
    @Override
    protected BatchSerializer serializer(int maxBatchBytes) {
        return new ProtobufSerializer(maxBatchBytes);
    }

    @Override
    protected int bytesAroundPayload() {
        int tagAndLength = 1 + 2;
        int operation = 2;
        return tagAndLength + operation + tagAndLength;
    }

    @Override
    protected String collectionField() {
        return "collection";
    }
}
