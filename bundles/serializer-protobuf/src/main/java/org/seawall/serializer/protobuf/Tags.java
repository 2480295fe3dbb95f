package org.seawall.serializer.protobuf;

/** The tags of segment.proto: {@code number << 3 | wire type}. All are of one byte. */
final class Tags {
    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int LENGTH = 2;
    private static final int FIXED32 = 5;

    /** The size of each of them. */
    static final int BYTES = 1;

    private Tags() {}

    /** Of {@code Segment}. */
    static final class Segment {
        static final int MAGIC = 1 << 3 | LENGTH;
        static final int HEADER = 2 << 3 | LENGTH;
        static final int BATCH = 3 << 3 | LENGTH;
        static final int MARKER = 4 << 3 | LENGTH;

        private Segment() {}
    }

    /** Of {@code Header}. */
    static final class Header {
        static final int FORMAT = 1 << 3 | VARINT;
        static final int COLLECTION = 2 << 3 | LENGTH;
        static final int SEGMENT = 3 << 3 | VARINT;
        static final int EPOCH = 4 << 3 | VARINT;
        static final int FIRST_SEQUENCE = 5 << 3 | VARINT;
        static final int PREDECESSOR = 6 << 3 | LENGTH;
        static final int PREDECESSOR_CHAIN = 7 << 3 | FIXED32;
        static final int SUCCESSOR = 8 << 3 | LENGTH;
        static final int SNAPSHOT_SEQUENCE = 9 << 3 | VARINT;
        static final int CREATED_MILLIS = 10 << 3 | VARINT;
        static final int FIRST_SEGMENT = 11 << 3 | VARINT;
        static final int FIRST_CHAIN = 12 << 3 | FIXED32;
        static final int ENTRIES = 13 << 3 | VARINT;
        static final int FLUSHED = 14 << 3 | VARINT;

        private Header() {}
    }

    /** Of {@code Batch}. */
    static final class Batch {
        static final int ENTRIES = 1 << 3 | LENGTH;
        static final int FIRST_SEQUENCE = 2 << 3 | VARINT;
        static final int EPOCH = 3 << 3 | VARINT;
        static final int WRITER = 4 << 3 | LENGTH;
        static final int DURABLE_SEQUENCE = 5 << 3 | VARINT;
        /** The checksum in files of version 1. */
        static final int CRC32C_1 = 6 << 3 | FIXED32;

        static final int WRITTEN_MILLIS = 7 << 3 | VARINT;
        static final int CRC32C = 8 << 3 | FIXED32;

        private Batch() {}
    }

    /** Of {@code Entry}. */
    static final class Entry {
        static final int OPERATION = 1 << 3 | VARINT;
        static final int ID = 2 << 3 | LENGTH;
        static final int TIMESTAMP_MILLIS = 3 << 3 | VARINT;
        static final int EXPIRES_AT_MILLIS = 4 << 3 | VARINT;
        static final int VECTOR = 5 << 3 | LENGTH;
        static final int METADATA = 6 << 3 | LENGTH;
        static final int PAYLOAD = 7 << 3 | LENGTH;

        private Entry() {}
    }

    /** Of {@code MetadataField}. */
    static final class Metadata {
        static final int NAME = 1 << 3 | LENGTH;
        static final int TEXT = 2 << 3 | LENGTH;
        static final int INTEGER = 3 << 3 | VARINT;
        static final int REAL = 4 << 3 | FIXED64;
        static final int FLAG = 5 << 3 | VARINT;

        private Metadata() {}
    }
}
