package org.seawall.serializer.avro;

/** What stands in the metadata map of a file, in this order, and around it. */
final class HeaderFields {
    static final byte[] MAGIC = {'O', 'b', 'j', 1};

    static final String SCHEMA = "avro.schema";
    static final String CODEC = "avro.codec";

    /** All fields but Avro's own begin like this. */
    static final String PREFIX = "seawall.";

    static final String FORMAT = "seawall.format";
    static final String COLLECTION = "seawall.collection";
    static final String SEGMENT = "seawall.segment";
    static final String EPOCH = "seawall.epoch";
    static final String FIRST_SEQUENCE = "seawall.firstSequence";
    static final String PREDECESSOR = "seawall.predecessor";
    static final String PREDECESSOR_CHAIN = "seawall.predecessorChain";
    static final String SUCCESSOR = "seawall.successor";
    /** Of version 1. */
    static final String SNAPSHOT_SEQUENCE = "seawall.snapshotSequence";

    static final String COVERS_SEGMENT = "seawall.coversSegment";
    static final String COVERS_CHAIN = "seawall.coversChain";
    static final String COVERS_SEQUENCE = "seawall.coversSequence";
    static final String COVERS_ENTRIES = "seawall.coversEntries";
    /** From version 3 on. */
    static final String COVERS_FLUSHED = "seawall.coversFlushed";

    static final String CREATED = "seawall.created";

    private HeaderFields() {}
}
