package org.seawall.viper.iceberg;

import java.util.Optional;
import java.util.UUID;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.seawall.viper.manifest.Manifest;

/**
 * Which manifest a snapshot shows.
 *
 * @param snapshot the snapshot's id
 * @param version the manifest's version
 * @param commit its commit's id
 */
record Published(long snapshot, long version, UUID commit) {

    /** What a snapshot says of itself; empty if somebody else made it. */
    static Optional<Published> of(Snapshot snapshot) {
        String version = snapshot.summary().get(PartTable.VERSION);
        String commit = snapshot.summary().get(PartTable.COMMIT);
        return version == null || commit == null
                ? Optional.empty()
                : Optional.of(new Published(snapshot.snapshotId(), Long.parseLong(version), UUID.fromString(commit)));
    }

    /** The last of the snapshots that lead to the newest one which shows a manifest. */
    static Optional<Published> newest(Table table) {
        Snapshot snapshot = table.currentSnapshot();
        while (snapshot != null) {
            Optional<Published> published = of(snapshot);
            if (published.isPresent()) {
                return published;
            }
            snapshot = snapshot.parentId() == null ? null : table.snapshot(snapshot.parentId());
        }
        return Optional.empty();
    }

    boolean shows(Manifest manifest) {
        return version == manifest.version() && commit.equals(manifest.commit());
    }
}
