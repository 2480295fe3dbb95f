package org.seawall.serializer.protobuf;

import org.seawall.serializer.common.BatchLimit;

/** The serializer that the tests look at. */
final class Protobuf {
    static final ProtobufSerializer SERIALIZER = new ProtobufSerializer(BatchLimit.DEFAULT);

    private Protobuf() {}
}
