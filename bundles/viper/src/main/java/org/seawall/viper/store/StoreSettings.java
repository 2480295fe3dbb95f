package org.seawall.viper.store;

/**
 * Limits of a store.
 *
 * @param cacheBytes how much memory sidecars that nobody uses may take; one that is used is in memory whatever its size
 * @param keptManifests how many of the newest manifests are kept, with their files, for readers in other processes; at least 1
 */
public record StoreSettings(long cacheBytes, int keptManifests) {
    /** 256 MiB and 8 manifests. */
    public static final StoreSettings DEFAULT = new StoreSettings(256L << 20, 8);

    /** Checks the ranges. */
    public StoreSettings {
        if (cacheBytes < 0 || keptManifests < 1) {
            throw new IllegalArgumentException("settings out of range, cacheBytes=" + cacheBytes
                    + ", least=0, keptManifests=" + keptManifests + ", least=1");
        }
    }
}
