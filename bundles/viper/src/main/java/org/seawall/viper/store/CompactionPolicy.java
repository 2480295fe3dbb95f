package org.seawall.viper.store;

import java.util.List;
import java.util.Map;
import org.seawall.viper.manifest.PartEntry;

/**
 * When parts are worth a compaction: when one has many dead rows, or several neighbours become one part that is at least twice as large as
 * the largest of them. So a row is written anew only into a part of twice the size, and after any number of flushes of one size about
 * once for each factor of {@code neighbours} from there to {@code targetBytes}; parts that are full stay as they are.
 *
 * @param deadPercent a part of which more rows are deleted or expired is written anew
 * @param neighbours so many neighbours become one part; at least 2. Fewer do if they are half of the target and no other fits
 * @param targetBytes no more is put together
 */
public record CompactionPolicy(int deadPercent, int neighbours, long targetBytes) {
    /** A third dead, or eight neighbours, up to 512 MiB. */
    public static final CompactionPolicy DEFAULT = new CompactionPolicy(33, 8, 512L << 20);

    /** Checks the ranges. */
    public CompactionPolicy {
        if (deadPercent < 0 || deadPercent > 100 || neighbours < 2 || targetBytes < 1) {
            throw new IllegalArgumentException("compaction policy out of range, deadPercent=" + deadPercent
                    + ", neighbours=" + neighbours + ", targetBytes=" + targetBytes);
        }
    }

    /**
     * The same for parts that are smaller.
     *
     * @param bytes no more is put together
     * @return the smaller of both
     */
    public CompactionPolicy within(long bytes) {
        return new CompactionPolicy(deadPercent, neighbours, Math.min(bytes, targetBytes));
    }

    /**
     * Chooses.
     *
     * @param dead how many rows of each part are, by its name
     * @return the names of one part or of neighbours; none if nothing is worth it
     */
    List<String> choose(List<PartEntry> parts, Map<String, Integer> dead) {
        for (PartEntry part : parts) {
            int gone = dead.get(part.name());
            if (gone == part.rows() || 100L * gone > (long) deadPercent * part.rows()) {
                return List.of(part.name());
            }
        }
        Run best = Run.NONE;
        for (int first = 0; first < parts.size(); first++) {
            best = best.orBetter(from(first, parts));
        }
        return parts.subList(best.first(), best.end()).stream()
                .map(PartEntry::name)
                .toList();
    }

    private Run from(int first, List<PartEntry> parts) {
        Run best = Run.NONE;
        long bytes = 0;
        long largest = 0;
        int end = first;
        while (end < parts.size() && bytes + parts.get(end).bytes() <= targetBytes) {
            bytes += parts.get(end).bytes();
            largest = Math.max(largest, parts.get(end).bytes());
            end++;
            boolean full =
                    end < parts.size() && bytes + parts.get(end).bytes() > targetBytes && 2 * bytes >= targetBytes;
            if ((full || end - first >= neighbours) && 2 * largest <= bytes) {
                best = best.orBetter(new Run(first, end, largest, bytes));
            }
        }
        return best;
    }

    /** Neighbours: the cheapest is the one whose largest part is small, since small ones are what there are many of. */
    private record Run(int first, int end, long largest, long bytes) {
        static final Run NONE = new Run(0, 0, Long.MAX_VALUE, 0);

        Run orBetter(Run other) {
            boolean better = other.largest < largest || other.largest == largest && other.bytes > bytes;
            return better ? other : this;
        }
    }
}
