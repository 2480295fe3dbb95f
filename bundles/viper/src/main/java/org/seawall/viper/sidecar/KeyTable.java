package org.seawall.viper.sidecar;

/** Which row of a part has a key. The arrays are not copied and never changed. Safe for use by several threads. */
public final class KeyTable {
    private final long[] highs;
    private final long[] lows;
    private final int[] slots;

    /**
     * A table of keys.
     *
     * @param highs of each row, in their order
     * @param lows of each row
     * @throws IllegalArgumentException if two rows have one key
     */
    KeyTable(long[] highs, long[] lows) {
        this.highs = highs;
        this.lows = lows;
        this.slots = new int[Integer.highestOneBit(Math.max(1, highs.length)) << 2];
        for (int row = 0; row < highs.length; row++) {
            enter(row);
        }
    }

    private void enter(int row) {
        if (highs[row] == 0 && lows[row] == 0) {
            return;
        }
        int slot = slot(highs[row]);
        while (slots[slot] != 0) {
            if (is(slots[slot] - 1, highs[row], lows[row])) {
                throw new IllegalArgumentException(
                        "two rows of a part with one id, rows=" + (slots[slot] - 1) + " and " + row);
            }
            slot = slot + 1 & slots.length - 1;
        }
        slots[slot] = row + 1;
    }

    /**
     * Looks a key up.
     *
     * @param key the key
     * @return the row, or -1 if none has it
     */
    public int row(Key key) {
        int slot = slot(key.high());
        while (slots[slot] != 0) {
            if (is(slots[slot] - 1, key.high(), key.low())) {
                return slots[slot] - 1;
            }
            slot = slot + 1 & slots.length - 1;
        }
        return -1;
    }

    private int slot(long high) {
        return (int) high & slots.length - 1;
    }

    private boolean is(int row, long high, long low) {
        return highs[row] == high && lows[row] == low;
    }

    long[] highs() {
        return highs;
    }

    long[] lows() {
        return lows;
    }

    long memoryBytes() {
        return 16L * highs.length + 4L * slots.length;
    }
}
