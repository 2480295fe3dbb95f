package org.seawall.serializer.common;

import java.util.zip.CRC32C;

/**
 * The checksum of a batch: CRC-32C of its encoded entries, continued over the encoded fields before them. So the bulk is
 * summed when it is encoded, and the few bytes that are known later are added when it is framed.
 */
public final class BatchChecksum {
    private static final int REVERSED_CASTAGNOLI = 0x82f6_3b78;
    private static final int[] TABLE = table();

    private BatchChecksum() {}

    public static int of(byte[] bytes, int from, int to) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, from, to - from);
        return (int) crc.getValue();
    }

    /** Byte by byte, since Java's CRC32C cannot start from a value. */
    public static int continued(int checksum, byte[] bytes, int from, int to) {
        int state = ~checksum;
        for (int i = from; i < to; i++) {
            state = TABLE[(state ^ bytes[i]) & 0xff] ^ state >>> 8;
        }
        return ~state;
    }

    public static String hex(int checksum) {
        return String.format("%08x", checksum);
    }

    private static int[] table() {
        int[] table = new int[256];
        for (int i = 0; i < table.length; i++) {
            int state = i;
            for (int bit = 0; bit < 8; bit++) {
                state = (state & 1) == 0 ? state >>> 1 : state >>> 1 ^ REVERSED_CASTAGNOLI;
            }
            table[i] = state;
        }
        return table;
    }
}
