package org.seawall.viper.sink;

import org.seawall.viper.store.CompactionPolicy;

/**
 * What may be changed of a sink while it works.
 *
 * @param cacheBytes how much memory sidecars that nobody uses may take, of all collections together
 * @param keptManifests how many of a collection's newest manifests are kept, with their files, for readers in other processes
 * @param compaction when parts are put together
 */
public record SinkSettings(long cacheBytes, int keptManifests, CompactionPolicy compaction) {
    /** 256 MiB, 8 manifests, the usual compaction. */
    public static final SinkSettings DEFAULT = new SinkSettings(256L << 20, 8, CompactionPolicy.DEFAULT);

    /** Checks the ranges. */
    public SinkSettings {
        if (cacheBytes < 0 || keptManifests < 1) {
            throw new IllegalArgumentException("settings out of range, cacheBytes=" + cacheBytes
                    + ", least=0, keptManifests=" + keptManifests + ", least=1");
        }
    }
}
