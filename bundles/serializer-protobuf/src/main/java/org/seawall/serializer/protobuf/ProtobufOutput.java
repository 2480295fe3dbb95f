package org.seawall.serializer.protobuf;

import org.seawall.serializer.common.WireOutput;

/** Writes fields: nothing for one that is not set. */
final class ProtobufOutput extends WireOutput {

    ProtobufOutput(int size) {
        super(size);
    }

    static int sizeOfNumber(long value) {
        return value == 0 ? 0 : Tags.BYTES + sizeOfVarint(value);
    }

    /** The size of a field of so many bytes. */
    static long sizeOfField(long length) {
        return length == 0 ? 0 : sizeOfMember(length);
    }

    /** The size of a member of a list or a oneof, which is there even if it is empty. */
    static long sizeOfMember(long length) {
        return Tags.BYTES + sizeOfVarint(length) + length;
    }

    static int sizeOfFixed32(int value) {
        return value == 0 ? 0 : Tags.BYTES + Integer.BYTES;
    }

    void writeNumber(int tag, long value) {
        if (value != 0) {
            writeByte(tag);
            writeVarint(value);
        }
    }

    /** Writes a field of text that takes {@code length} bytes. */
    void writeText(int tag, String text, int length) {
        if (length > 0) {
            writeMember(tag, length);
            writeUtf8(text, length);
        }
    }

    void writeBytes(int tag, byte[] value) {
        if (value.length > 0) {
            writeMember(tag, value.length);
            writeRaw(value);
        }
    }

    void writeFixed32(int tag, int value) {
        if (value != 0) {
            writeByte(tag);
            writeFixed32(value);
        }
    }

    /** Writes what stands before a member of a list or a oneof. */
    void writeMember(int tag, int length) {
        writeByte(tag);
        writeVarint(length);
    }
}
