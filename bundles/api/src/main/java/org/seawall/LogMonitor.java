package org.seawall;

import org.osgi.annotation.versioning.ProviderType;

/**
 * An operator's view of a configured log. One service per configuration {@code org.seawall.log~NAME} with the property
 * {@link WriteAheadLog#LOG_NAME}, registered as long as the configuration exists: also while the log waits for a bundle,
 * recovers or has failed, and so is not there as a {@link WriteAheadLog}.
 *
 * <p>When the state of the log or of one of its collections has changed, or a collection has come or gone, the registry says
 * that the service was modified, at most some seconds later: who wants to know of changes need not ask again and again.
 */
@ProviderType
public interface LogMonitor {
    /** Service property, String[]: the directories of the log's collections, as they are configured. */
    String URLS = "wal.urls";

    /** Service property: the directory of the log's catalog. */
    String CATALOG_URL = "catalog.url";

    /**
     * What state the log is in, and why.
     *
     * @return a snapshot
     */
    LogStatus status();
}
