package org.seawall.serializer.avro;

import org.seawall.serializer.common.LimitRules;
import org.seawall.spi.serializer.BatchSerializer;

class LimitsTest extends LimitRules {
    @Override
    protected BatchSerializer serializer(int maxBatchBytes) {
        return new AvroSerializer(maxBatchBytes);
    }

    @Override
    protected int bytesAroundPayload() {
        int countAndEnd = 1 + 1;
        int otherFields = 6;
        int payloadsLength = 2;
        return countAndEnd + otherFields + payloadsLength;
    }

    @Override
    protected String collectionField() {
        return HeaderFields.COLLECTION;
    }
}
