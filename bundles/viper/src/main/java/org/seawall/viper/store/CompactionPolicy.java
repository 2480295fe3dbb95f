package org.seawall.viper.store;

import java.util.List;
import org.seawall.viper.manifest.PartEntry;

/**
 * When parts are worth a compaction: when one has many dead rows, or several neighbours are small.
 *
 * @param deadPercent a part of which more rows are deleted is written anew
 * @param neighbours so many small neighbours become one part; at least 2
 * @param targetBytes a part of at least this length is not small, and no more is put together
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

    List<String> choose(List<PartEntry> parts, long nowMillis) {
        for (int first = 0; first < parts.size(); first++) {
            PartEntry part = parts.get(first);
            if (part.expired(nowMillis) || 100L * part.deleted() > (long) deadPercent * part.rows()) {
                return List.of(part.name());
            }
            List<PartEntry> small = small(parts.subList(first, parts.size()));
            if (small.size() >= neighbours) {
                return small.stream().map(PartEntry::name).toList();
            }
        }
        return List.of();
    }

    private List<PartEntry> small(List<PartEntry> parts) {
        long bytes = 0;
        int count = 0;
        while (count < parts.size() && bytes + parts.get(count).bytes() <= targetBytes) {
            bytes += parts.get(count++).bytes();
        }
        return parts.subList(0, count);
    }
}
