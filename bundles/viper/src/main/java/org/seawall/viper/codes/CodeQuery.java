package org.seawall.viper.codes;

import org.seawall.catalog.Metric;

/**
 * One query as the codes of one part see it, which it does not hold. It tells ranks, of which the smaller is the nearer; estimates of different parts compare with each
 * other. For one thread.
 */
public final class CodeQuery {
    /** Of a code of random signs: what the part of a vector that its signs do not tell adds to a sum, on average. */
    private static final double DEVIATION = 0.6;

    private final float[] rotated;
    private final long[] signs;
    private final float constant;
    private final float extraFactor;
    private final float sumFactor;
    private final float magnitude;
    private final float spread;
    private float[] table;

    /**
     * Prepares a query.
     *
     * @param query of the dimension of the codes; not changed and not kept
     * @param codes what is searched
     */
    public CodeQuery(float[] query, Codes codes) {
        boolean distance = codes.metric() == Metric.L2;
        float[] target = query.clone();
        double squares = 0;
        double product = 0;
        for (int i = 0; i < target.length; i++) {
            product += (double) query[i] * codes.centre()[i];
            target[i] -= distance ? codes.centre()[i] : 0;
            squares += (double) target[i] * target[i];
        }
        this.rotated = new float[target.length];
        codes.rotation().apply(target, rotated);
        this.signs = new long[Codes.words(target.length)];
        this.magnitude = signs() / target.length;
        this.constant = (float)
                switch (codes.metric()) {
                    case L2 -> squares;
                    case COSINE -> 0;
                    case DOT -> -product;
                };
        this.extraFactor = (float)
                switch (codes.metric()) {
                    case L2 -> 1;
                    case COSINE -> -product;
                    case DOT -> 0;
                };
        this.sumFactor = distance ? -2 : -1;
        this.spread = (float) (DEVIATION * Math.sqrt(squares) * -sumFactor);
    }

    private float signs() {
        float sum = 0;
        for (int i = 0; i < rotated.length; i++) {
            sum += Math.abs(rotated[i]);
            if (Float.floatToRawIntBits(rotated[i]) >= 0) {
                signs[i >>> 6] |= 1L << i;
            }
        }
        return sum;
    }

    /**
     * Offers all rows that are not dead by a rank from the signs of the query alone.
     *
     * @param codes the codes that it was prepared for
     * @param dead a bit for each row, or an empty array if none is dead
     * @param part the part's number, for the selection
     * @param selection takes rows
     */
    public void scan(Codes codes, long[] dead, int part, Selection selection) {
        int rows = codes.rows();
        for (int begin = 0; begin < rows; begin += 64) {
            long alive = dead.length == 0 ? -1 : ~dead[begin >>> 6];
            int end = Math.min(rows, begin + 64);
            if (alive == -1) {
                scan(codes, begin, end, part, selection);
            } else {
                for (long left = alive; left != 0; left &= left - 1) {
                    int row = begin + Long.numberOfTrailingZeros(left);
                    if (row >= end) {
                        break;
                    }
                    scan(codes, row, row + 1, part, selection);
                }
            }
        }
    }

    private void scan(Codes codes, int begin, int end, int part, Selection selection) {
        long[] bits = codes.bits();
        float[] scales = codes.scales();
        float[] extras = codes.extras();
        int words = signs.length;
        int dimension = rotated.length;
        float factor = sumFactor * magnitude;
        float limit = selection.limit();
        for (int row = begin, at = begin * words; row < end; row++, at += words) {
            int differing = differing(bits, at);
            float rank = constant + extraFactor * extras[row] + factor * scales[row] * (dimension - 2 * differing);
            if (rank < limit) {
                limit = selection.add(rank, part, row);
            }
        }
    }

    private int differing(long[] bits, int at) {
        long[] mine = signs;
        int a = 0;
        int b = 0;
        int c = 0;
        int d = 0;
        int word = 0;
        for (int end = mine.length - 3; word < end; word += 4) {
            a += Long.bitCount(mine[word] ^ bits[at + word]);
            b += Long.bitCount(mine[word + 1] ^ bits[at + word + 1]);
            c += Long.bitCount(mine[word + 2] ^ bits[at + word + 2]);
            d += Long.bitCount(mine[word + 3] ^ bits[at + word + 3]);
        }
        for (; word < mine.length; word++) {
            a += Long.bitCount(mine[word] ^ bits[at + word]);
        }
        return a + b + c + d;
    }

    /**
     * A better rank, from all of the query.
     *
     * @param codes the codes that it was prepared for
     * @param row the row
     * @return its rank
     */
    public float rank(Codes codes, int row) {
        if (table == null) {
            table = table();
        }
        int words = signs.length;
        float sum = 0;
        int at = 0;
        for (int word = 0; word < words; word++) {
            long code = codes.bits()[row * words + word];
            for (int shift = 0; shift < 64 && at < table.length; shift += 8, at += 256) {
                sum += table[at + (int) (code >>> shift & 0xff)];
            }
        }
        return constant + extraFactor * codes.extras()[row] + sumFactor * codes.scales()[row] * sum;
    }

    /**
     * How far off {@link #rank(Codes, int)} is, as a standard deviation.
     *
     * @param codes the codes that it was prepared for
     * @param row the row
     * @return the deviation, in the unit of ranks
     */
    public float deviation(Codes codes, int row) {
        return spread * codes.scales()[row];
    }

    /** For each eight components the sums with all their signs, so that a code is read a byte at a time. */
    private float[] table() {
        int bytes = (rotated.length + 7) >>> 3;
        float[] sums = new float[bytes << 8];
        for (int b = 0; b < bytes; b++) {
            int first = b << 3;
            int count = Math.min(8, rotated.length - first);
            int at = b << 8;
            for (int i = 0; i < count; i++) {
                sums[at] -= rotated[first + i];
            }
            for (int code = 1; code < 256; code++) {
                int lowest = Integer.numberOfTrailingZeros(code);
                float component = lowest < count ? rotated[first + lowest] : 0;
                sums[at + code] = sums[at + (code & code - 1)] + 2 * component;
            }
        }
        return sums;
    }
}
