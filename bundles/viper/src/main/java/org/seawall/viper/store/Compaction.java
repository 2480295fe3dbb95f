package org.seawall.viper.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.seawall.viper.codes.Mean;
import org.seawall.viper.manifest.DeleteVector;
import org.seawall.viper.manifest.PartEntry;
import org.seawall.viper.part.RowReader;
import org.seawall.viper.sidecar.Sidecar;

/**
 * The living rows of neighbours, one part behind the other, and where each of them goes. What was deleted while they were written is
 * deleted at its new place when the result is committed. For one thread.
 */
final class Compaction {
    private static final int DROPPED = -1;

    private final Contents base;
    private final List<PartEntry> inputs;
    private final long nowMillis;
    private final PartCache cache;
    private final Map<String, int[]> targets = new HashMap<>();
    private int written;

    /**
     * @throws IllegalArgumentException if the parts are no neighbours in the contents
     */
    Compaction(Contents base, List<String> names, long nowMillis, PartCache cache) {
        this.base = base;
        this.nowMillis = nowMillis;
        this.cache = cache;
        this.inputs = neighbours(base.manifest().parts(), names)
                .orElseThrow(() -> new IllegalArgumentException("parts are no neighbours, parts=" + names));
        for (PartEntry part : inputs) {
            int[] rows = new int[part.rows()];
            Arrays.fill(rows, DROPPED);
            targets.put(part.name(), rows);
        }
    }

    private static Optional<List<PartEntry>> neighbours(List<PartEntry> parts, List<String> names) {
        List<String> present = parts.stream().map(PartEntry::name).toList();
        int first = names.isEmpty() ? -1 : present.indexOf(names.get(0));
        boolean there = first >= 0
                && first + names.size() <= present.size()
                && present.subList(first, first + names.size()).equals(names);
        return there ? Optional.of(parts.subList(first, first + names.size())) : Optional.empty();
    }

    PartSource source() {
        return new PartSource() {
            @Override
            public float[] centre(int dimension) throws IOException {
                Mean mean = new Mean(dimension);
                for (PartEntry part : inputs) {
                    mean.add(
                            cache.use(
                                    part.name(), open -> open.sidecar().codes().centre()),
                            part.vectors());
                }
                return mean.value();
            }

            @Override
            public void withVectors(Sink sink) throws IOException {
                for (PartEntry part : inputs) {
                    copy(part, 0, part.vectors(), sink);
                }
            }

            @Override
            public void withoutVectors(Sink sink) throws IOException {
                for (PartEntry part : inputs) {
                    copy(part, part.vectors(), part.rows(), sink);
                }
            }
        };
    }

    private void copy(PartEntry part, int begin, int end, PartSource.Sink sink) throws IOException {
        DeleteVector deleted = base.deletes().get(part.name());
        int[] rows = targets.get(part.name());
        cache.use(part.name(), open -> {
            RowReader reader = RowReader.sequential(open.reader());
            Sidecar sidecar = open.sidecar();
            for (int row = begin; row < end; row++) {
                if (!deleted.has(row) && !sidecar.expired(row, nowMillis)) {
                    sink.add(reader.row(row));
                    rows[row] = written++;
                }
            }
            return null;
        });
    }

    /** Puts the result in the place of the parts, with what was deleted since. Empty if the parts are not there any more. */
    Optional<Proposal> on(Contents newest, Optional<PartEntry> merged, Deletions deletions, long epoch)
            throws IOException {
        List<String> names = inputs.stream().map(PartEntry::name).toList();
        if (neighbours(newest.manifest().parts(), names).isEmpty()) {
            return Optional.empty();
        }
        Map<String, DeleteVector> vectors = new TreeMap<>();
        List<PartEntry> parts = new ArrayList<>();
        for (PartEntry part : newest.manifest().parts()) {
            if (!names.contains(part.name())) {
                parts.add(part);
            } else if (part.name().equals(names.get(0)) && merged.isPresent()) {
                parts.add(carriedOver(newest, merged.get(), deletions, vectors));
            }
        }
        return Optional.of(
                new Proposal(newest.manifest().next(epoch, newest.manifest().flushed(), parts), vectors));
    }

    private PartEntry carriedOver(
            Contents newest, PartEntry merged, Deletions deletions, Map<String, DeleteVector> vectors)
            throws IOException {
        List<Integer> deleted = new ArrayList<>();
        for (PartEntry part : inputs) {
            DeleteVector then = base.deletes().get(part.name());
            DeleteVector now = newest.deletes().get(part.name());
            int[] rows = targets.get(part.name());
            for (int row = 0; row < rows.length; row++) {
                if (rows[row] != DROPPED && now.has(row) && !then.has(row)) {
                    deleted.add(rows[row]);
                }
            }
        }
        if (deleted.isEmpty()) {
            return merged;
        }
        return deletions.with(merged, DeleteVector.none(merged.name(), merged.rows()), deleted, vectors);
    }
}
