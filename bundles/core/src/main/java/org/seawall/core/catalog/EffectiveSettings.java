package org.seawall.core.catalog;

import org.seawall.catalog.CollectionInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The settings of a collection as they are at present: an update of the collection changes them while its log is open. */
final class EffectiveSettings {
    private static final Logger LOG = LoggerFactory.getLogger(EffectiveSettings.class);

    private volatile CollectionSettings log;
    private volatile CollectionSettings effective;

    EffectiveSettings(CollectionSettings log, CollectionInfo info) {
        this.log = log;
        update(info);
    }

    CollectionSettings get() {
        return effective;
    }

    /** The log has other settings from now on. */
    void update(CollectionSettings other, CollectionInfo info) {
        log = other;
        update(info);
    }

    /** A stored value that is none any more gives way to the log's: it was refused where it was set, or once was right. */
    void update(CollectionInfo info) {
        effective = log.with(
                info.spec().settings(),
                problem -> LOG.warn("setting ignored, collection={}: {}", info.name(), problem.getMessage()));
    }
}
