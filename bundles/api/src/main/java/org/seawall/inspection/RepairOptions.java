package org.seawall.inspection;

import java.util.Optional;

/**
 * What a repair may do beyond cutting off torn tails.
 *
 * @param collection the one collection to repair, by name or id, or {@code catalog}; empty for all
 * @param truncate give up everything behind the first damage of a collection
 * @param dropOrphans remove files and directories of which nothing was ever acknowledged
 * @param dryRun change nothing, only say what would be done
 */
public record RepairOptions(Optional<String> collection, boolean truncate, boolean dropOrphans, boolean dryRun) {}
