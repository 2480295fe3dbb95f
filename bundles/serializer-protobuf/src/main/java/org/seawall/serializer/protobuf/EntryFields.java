package org.seawall.serializer.protobuf;

import org.seawall.serializer.common.MalformedException;

/**
 * The fields {@code entries} at the begin of a batch, as far as their lengths go; nothing says yet that they are right.
 *
 * @param count how many there are
 * @param end where the last one ends
 */
record EntryFields(int count, int end) {

    static EntryFields of(byte[] bytes, int from, int to) {
        ProtobufInput input = new ProtobufInput(bytes, from, to);
        int count = 0;
        int end = from;
        try {
            while (input.readIf(Tags.Batch.ENTRIES)) {
                input.skip(input.readLength());
                end = input.position();
                count++;
            }
        } catch (MalformedException e) {
            // what is no length ends them; whether it may stand there the checksum and the next field say
            return new EntryFields(count, end);
        }
        return new EntryFields(count, end);
    }
}
