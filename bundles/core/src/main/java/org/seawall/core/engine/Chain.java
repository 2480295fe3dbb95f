package org.seawall.core.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * The chained checksum. It begins with the header of a segment, which holds the chain up to the end of the predecessor, and
 * goes on over the checksum of each batch: so a segment that is missing, swapped, cut at the end of a batch or exchanged
 * does not fit its successor.
 */
final class Chain {
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private Chain() {}

    static int begin(ByteBuffer header) {
        CRC32C crc = new CRC32C();
        crc.update(header.duplicate());
        return (int) crc.getValue();
    }

    static int next(int chain, int batchChecksum) {
        byte[] link = new byte[2 * Integer.BYTES];
        INTS.set(link, 0, chain);
        INTS.set(link, Integer.BYTES, batchChecksum);
        CRC32C crc = new CRC32C();
        crc.update(link);
        return (int) crc.getValue();
    }
}
