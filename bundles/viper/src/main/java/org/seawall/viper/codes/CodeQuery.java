package org.seawall.viper.codes;

import java.util.Arrays;
import org.seawall.catalog.Metric;

/**
 * One query as the codes of one part see it, which it does not hold. It tells ranks, of which the smaller is the nearer; estimates of different parts compare with each
 * other. For one thread.
 */
public final class CodeQuery {
    /** Of a code of random signs: what the part of a vector that its signs do not tell adds to a sum, on average. */
    private static final double DEVIATION = 0.6;

    /** The signs of the query do not tell all of it either, and leave out as much: deviations of two that know nothing of each other. */
    private static final float COARSE = (float) Math.sqrt(2);

    /** Rows that are looked at together: those of one word of the dead. */
    private static final int BLOCK = 64;

    /** From so many living rows of a block on all of them are counted. */
    private static final int MANY = 24;

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
        int[] differing = new int[BLOCK];
        for (int begin = 0; begin < rows; begin += BLOCK) {
            int count = Math.min(BLOCK, rows - begin);
            long alive = (dead.length == 0 ? -1 : ~dead[begin >>> 6]) & -1L >>> BLOCK - count;
            if (Long.bitCount(alive) >= MANY) {
                count(codes.bits(), begin, count, differing);
            } else {
                for (long left = alive; left != 0; left &= left - 1) {
                    int place = Long.numberOfTrailingZeros(left);
                    differing[place] = differing(codes.bits(), (begin + place) * signs.length);
                }
            }
            int most = most(codes, selection.limit());
            if (least(differing) <= most) {
                for (int place = 0; place < count; place++) {
                    if (differing[place] <= most && (alive >>> place & 1) != 0) {
                        offer(codes, begin + place, differing[place], part, selection);
                    }
                }
            }
        }
    }

    private static int least(int[] differing) {
        int least = Integer.MAX_VALUE;
        for (int i = 0; i < BLOCK; i++) {
            least = Math.min(least, differing[i]);
        }
        return least;
    }

    private void offer(Codes codes, int row, int differing, int part, Selection selection) {
        float rank = constant
                + extraFactor * codes.extras()[row]
                + sumFactor * magnitude * codes.scales()[row] * (rotated.length - 2 * differing);
        if (rank < selection.limit()) {
            selection.add(rank, part, row);
        }
    }

    /** Of a block of rows in how many signs they differ from the query: four words of all rows, then the next four. */
    private void count(long[] bits, int begin, int count, int[] differing) {
        int words = signs.length;
        Arrays.fill(differing, 0);
        int word = 0;
        for (; word + 4 <= words; word += 4) {
            long first = signs[word];
            long second = signs[word + 1];
            long third = signs[word + 2];
            long fourth = signs[word + 3];
            for (int i = 0, at = begin * words + word; i < count; i++, at += words) {
                differing[i] += Long.bitCount(bits[at] ^ first)
                        + Long.bitCount(bits[at + 1] ^ second)
                        + Long.bitCount(bits[at + 2] ^ third)
                        + Long.bitCount(bits[at + 3] ^ fourth);
            }
        }
        for (; word < words; word++) {
            long one = signs[word];
            for (int i = 0, at = begin * words + word; i < count; i++, at += words) {
                differing[i] += Long.bitCount(bits[at] ^ one);
            }
        }
    }

    /** In how many signs a row may differ at most to be below a limit, whatever its scale is; by one too many rather than too few. */
    private int most(Codes codes, float limit) {
        int dimension = rotated.length;
        float least = constant + Math.min(extraFactor * codes.leastExtra(), extraFactor * codes.largestExtra());
        float wanted = (limit - least) / (sumFactor * magnitude * codes.largestScale());
        float most = (dimension - wanted) / 2 + 1;
        // above the half the largest scale does not tell the least rank
        return most <= dimension / 2 ? (int) Math.max(-1, most) : dimension;
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
        // four sums, since the processor adds to one only after its last addition has ended
        float a = 0;
        float b = 0;
        float c = 0;
        float d = 0;
        int word = row * signs.length;
        for (int at = 0; at < table.length; word++) {
            long code = codes.bits()[word];
            for (int shift = 0; shift < 64 && at < table.length; shift += 32, at += 4 << 8) {
                a += table[at + (int) (code >>> shift & 0xff)];
                b += table[at + (1 << 8) + (int) (code >>> shift + 8 & 0xff)];
                c += table[at + (2 << 8) + (int) (code >>> shift + 16 & 0xff)];
                d += table[at + (3 << 8) + (int) (code >>> shift + 24 & 0xff)];
            }
        }
        float sum = a + b + (c + d);
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

    /**
     * How far off the rank from the signs alone is, by which {@link #scan} selects.
     *
     * @param codes the codes that it was prepared for
     * @param row the row
     * @return the deviation, in the unit of ranks
     */
    public float coarseDeviation(Codes codes, int row) {
        return COARSE * spread * codes.scales()[row];
    }

    /** For each eight components the sums with all their signs, so that a code is read a byte at a time; a multiple of four bytes. */
    private float[] table() {
        int bytes = (rotated.length + 31) >>> 5 << 2;
        float[] sums = new float[bytes << 8];
        for (int b = 0; b < bytes; b++) {
            int first = b << 3;
            int count = Math.max(0, Math.min(8, rotated.length - first));
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
