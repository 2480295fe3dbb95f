package org.seawall.filesystem.azure;

import java.nio.ByteBuffer;
import java.util.List;

/** Copies of what buffers hold. A request that is given up is still sent for a moment, when its caller has the buffers back. */
final class Bytes {

    private Bytes() {}

    /** All that is there. */
    static byte[] of(List<ByteBuffer> content) {
        return of(
                content,
                0,
                Math.toIntExact(
                        content.stream().mapToLong(ByteBuffer::remaining).sum()));
    }

    /** A part of the buffers, as if they were one. */
    static byte[] of(List<ByteBuffer> content, long offset, int length) {
        byte[] bytes = new byte[length];
        long skip = offset;
        int filled = 0;
        for (ByteBuffer buffer : content) {
            int here = (int) Math.min(skip, buffer.remaining());
            int taken = Math.min(buffer.remaining() - here, length - filled);
            buffer.duplicate().position(buffer.position() + here).get(bytes, filled, taken);
            filled += taken;
            skip -= here;
        }
        return bytes;
    }
}
