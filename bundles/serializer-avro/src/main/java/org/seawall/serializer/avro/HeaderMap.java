package org.seawall.serializer.avro;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.seawall.serializer.common.MalformedException;
import org.seawall.serializer.common.SegmentMarker;

/**
 * The metadata of an Avro object container file, anybody's.
 *
 * @param fields names and values as text
 * @param end where the sync marker begins, which is there as a whole
 */
record HeaderMap(Map<String, String> fields, int end) {

    /** Reads a file's first bytes; throws {@link MalformedException} if they are no Avro header, or not all of it. */
    static HeaderMap read(byte[] start) {
        if (!hasMagic(start)) {
            throw new MalformedException("not an Avro file", "Obj1", start.length + " other bytes");
        }
        AvroInput input = new AvroInput(start, HeaderFields.MAGIC.length, start.length);
        Map<String, String> fields = new LinkedHashMap<>();
        for (long count = input.readLong(); count != 0; count = input.readLong()) {
            if (count < 0) {
                // other writers give the block's size, behind a count below zero
                input.readLong();
            }
            // counting down works for Long.MIN_VALUE too, which has no absolute value
            for (long i = count; i != 0; i -= Long.signum(count)) {
                fields.put(input.readText(), input.readText());
            }
        }
        int end = input.position();
        input.skip(SegmentMarker.BYTES);
        return new HeaderMap(fields, end);
    }

    /**
     * Whether a file is a segment of any version. A damaged header is taken for one of ours unless it is clear that it is
     * not, so that damage is reported as such.
     *
     * @param start the file's first bytes
     * @param whole whether there are no more
     */
    static boolean isOfSegment(byte[] start, boolean whole) {
        if (!hasMagic(start)) {
            return false;
        }
        int end = start.length;
        try {
            end = read(start).end();
        } catch (MalformedException e) {
            if (whole) {
                return true;
            }
        }
        // not only among the names: a damaged length makes values of names, and zeroes behind the header make an end
        return new String(start, 0, end, StandardCharsets.ISO_8859_1).contains(HeaderFields.PREFIX);
    }

    private static boolean hasMagic(byte[] start) {
        int length = HeaderFields.MAGIC.length;
        return start.length >= length && Arrays.equals(start, 0, length, HeaderFields.MAGIC, 0, length);
    }
}
