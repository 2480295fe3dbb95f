package org.seawall.serializer.avro;

import org.seawall.serializer.common.BatchLimit;

/** The serializer that the tests look at. */
final class Avro {
    static final AvroSerializer SERIALIZER = new AvroSerializer(BatchLimit.DEFAULT);

    private Avro() {}
}
