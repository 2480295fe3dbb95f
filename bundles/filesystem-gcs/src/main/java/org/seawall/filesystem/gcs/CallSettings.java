package org.seawall.filesystem.gcs;

import java.time.Duration;
import java.util.Set;
import org.seawall.filesystem.common.RetrySettings;

/**
 * What is around requests.
 *
 * @param retries how they are repeated
 * @param probe whether a bucket's conditions are tried before the first write to it
 * @param notProbed buckets of which they are not
 */
record CallSettings(RetrySettings retries, boolean probe, Set<String> notProbed) {

    static CallSettings of(GcsConfiguration configuration) {
        RetrySettings retries = new RetrySettings(
                configuration.attempts(),
                Duration.ofMillis(configuration.retryDelayMillis()),
                Duration.ofMillis(configuration.retryDelayMaxMillis()),
                Duration.ofMillis(configuration.callTimeoutMillis()),
                configuration.retryBudget());
        return new CallSettings(retries, configuration.probe(), Set.of(configuration.notProbed()));
    }

    boolean probes(String bucket) {
        return probe && !notProbed.contains(bucket);
    }
}
