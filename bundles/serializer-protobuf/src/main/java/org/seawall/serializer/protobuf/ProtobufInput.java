package org.seawall.serializer.protobuf;

import org.seawall.serializer.common.MalformedException;
import org.seawall.serializer.common.WireInput;

/**
 * Reads the fields of a message in the order of their numbers. A field that is not set is not there; one that is there with
 * the value that it has when it is not set is malformed, so that a message has one encoding.
 */
final class ProtobufInput extends WireInput {

    ProtobufInput(byte[] bytes, int from, int to) {
        super(bytes, from, to);
    }

    /** Reads the number of a field, 0 if it is not set. */
    long readNumber(int tag) {
        return readIf(tag) ? checkedSet(readVarint()) : 0;
    }

    /** Reads the length of a field, 0 if it is not set, and checks that so many bytes follow. */
    int readLength(int tag) {
        return readIf(tag) ? checkedLength(checkedSet(readVarint())) : 0;
    }

    /** Reads the length of a field or of a member of a list or a oneof, which may be empty; its tag was read. */
    int readLength() {
        return checkedLength(readVarint());
    }

    /** Reads the text of a field, which is empty if it is not set. */
    String readText(int tag) {
        int length = readLength(tag);
        checkText(length);
        return readUtf8(length);
    }

    int readFixed32(int tag) {
        return readIf(tag) ? (int) checkedSet(readFixed32()) : 0;
    }

    /** Reads a tag that has to be there. */
    void expect(int tag) {
        if (!readIf(tag)) {
            throw new MalformedException("field missing", "field " + (tag >>> 3), next());
        }
    }

    /** Looks at the end of a message: a field that is not known, or not in its place, stands there. */
    void expectEnd() {
        if (left() > 0) {
            throw new MalformedException("unknown field, or not in its place", "end of the message", next());
        }
    }

    /** Whether the next field has this tag; nothing is read. */
    boolean nextIs(int tag) {
        return left() > 0 && bytes[position()] == tag;
    }

    private String next() {
        return left() == 0 ? "end of the message" : "byte " + (bytes[position()] & 0xff);
    }

    private static long checkedSet(long value) {
        if (value == 0) {
            throw new MalformedException("field without a value", "no field", "0");
        }
        return value;
    }
}
