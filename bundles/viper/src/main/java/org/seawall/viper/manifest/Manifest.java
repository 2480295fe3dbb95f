package org.seawall.viper.manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.seawall.catalog.Metric;

/**
 * What a collection consists of at one moment. Parts come in the order of their sequences, which do not overlap; of each id at most one
 * row is alive in all of them.
 *
 * @param version 1 for the first, then one more each
 * @param epoch of the writer that made it, never lower than the one before
 * @param commit names this attempt, so that a writer knows its own
 * @param flushed all entries up to this sequence are in the parts, or dead
 * @param dimension components of each vector; 0 for payloads
 * @param metric how vectors are compared
 * @param parts the parts
 * @param columns typed columns, in the order of their ids
 */
public record Manifest(
        long version,
        long epoch,
        UUID commit,
        long flushed,
        int dimension,
        Metric metric,
        List<PartEntry> parts,
        List<TypedColumn> columns) {

    /** Checks that it can be, and copies the list. */
    public Manifest {
        Objects.requireNonNull(commit, "commit");
        Objects.requireNonNull(metric, "metric");
        parts = List.copyOf(parts);
        columns = TypedColumn.checked(columns);
        if (version < 1 || epoch < 0 || flushed < 0 || dimension < 0) {
            throw new IllegalArgumentException("manifest that cannot be, version=" + version + ", epoch=" + epoch
                    + ", flushed=" + flushed + ", dimension=" + dimension);
        }
        long before = 0;
        for (PartEntry part : parts) {
            if (part.firstSequence() <= before || part.lastSequence() > flushed) {
                throw new IllegalArgumentException("part out of order, firstSequence=" + part.firstSequence()
                        + ", lastSequence=" + part.lastSequence() + ", before=" + before + ", flushed=" + flushed
                        + ", part=" + part.name());
            }
            before = part.lastSequence();
        }
    }

    /**
     * The one that comes next, with the same columns.
     *
     * @param writer the writer's epoch
     * @param upTo the flushed sequence
     * @param newParts the parts
     * @return a manifest that is not committed
     */
    public Manifest next(long writer, long upTo, List<PartEntry> newParts) {
        return next(writer, upTo, newParts, columns);
    }

    /**
     * The one that comes next.
     *
     * @param writer the writer's epoch
     * @param upTo the flushed sequence
     * @param newParts the parts
     * @param newColumns the typed columns, those of this one among them
     * @return a manifest that is not committed
     */
    public Manifest next(long writer, long upTo, List<PartEntry> newParts, List<TypedColumn> newColumns) {
        return new Manifest(version + 1, writer, UUID.randomUUID(), upTo, dimension, metric, newParts, newColumns);
    }

    /**
     * Looks a part up.
     *
     * @param name the part's name
     * @return the part, or empty
     */
    public Optional<PartEntry> part(String name) {
        return parts.stream().filter(part -> part.name().equals(name)).findFirst();
    }

    /**
     * All files that it names.
     *
     * @return names with their endings
     */
    public List<String> files() {
        List<String> files = new ArrayList<>();
        for (PartEntry part : parts) {
            files.add(part.name() + FileNames.PART);
            files.add(part.name() + FileNames.SIDECAR);
            if (!part.deletes().isEmpty()) {
                files.add(part.deletes() + FileNames.DELETES);
            }
        }
        return files;
    }
}
