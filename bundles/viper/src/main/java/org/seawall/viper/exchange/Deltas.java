package org.seawall.viper.exchange;

import java.nio.ByteBuffer;

/**
 * Numbers as differences in blocks of packed bits (DELTA_BINARY_PACKED). Holds nothing but its place, and the widths of a block.
 */
final class Deltas extends Values {
    private static final int MAX_BLOCK = 1 << 20;

    private final ByteBuffer bytes;
    private final boolean narrow;
    private final int pieces;
    private final int pieceValues;
    private final int count;
    private byte[] widths = {};
    private int given;
    private int piece;
    private int leftInPiece;
    private long bit;
    private long least;
    private long last;

    /**
     * @param bytes little-endian; read from its position on
     * @param narrow whether they are of 32 bits, and differences too
     * @param limit how many numbers there are at most
     * @throws RuntimeException if its head is damaged
     */
    Deltas(ByteBuffer bytes, boolean narrow, int limit) {
        this.bytes = bytes;
        this.narrow = narrow;
        int block = Varints.bounded(bytes, MAX_BLOCK, "values of a block");
        this.pieces = Varints.bounded(bytes, block / Byte.SIZE, "pieces of a block");
        if (pieces == 0 || block % pieces != 0 || block / pieces % Byte.SIZE != 0) {
            throw new IllegalArgumentException("block that does not divide, values=" + block + ", pieces=" + pieces);
        }
        this.pieceValues = block / pieces;
        this.count = Varints.bounded(bytes, limit, "values of a page");
        this.last = Varints.signed(bytes);
        this.piece = pieces;
    }

    @Override
    long bits() {
        if (given == count) {
            throw new IllegalArgumentException("page has fewer values than it tells, values=" + count);
        }
        if (given++ > 0) {
            if (leftInPiece == 0) {
                beginPiece();
            }
            last += least + Bits.read(bytes, bit, widths[piece]);
            bit += widths[piece];
            leftInPiece--;
        }
        return narrow ? (int) last : last;
    }

    /** What is behind all of its numbers. None of them has been asked for. */
    ByteBuffer rest() {
        for (long differences = count - 1L; differences > 0; differences -= pieceValues) {
            beginPiece();
        }
        return bytes;
    }

    private void beginPiece() {
        piece++;
        if (piece >= pieces) {
            least = Varints.signed(bytes);
            widths = new byte[pieces];
            bytes.get(widths);
            piece = 0;
        }
        if (widths[piece] < 0 || widths[piece] > Long.SIZE) {
            throw new IllegalArgumentException("bits of a number, expected 0 to 64, bits=" + widths[piece]);
        }
        bit = (long) bytes.position() * Byte.SIZE;
        // the last piece is whole too
        bytes.position(bytes.position() + pieceValues / Byte.SIZE * widths[piece]);
        leftInPiece = pieceValues;
    }
}
