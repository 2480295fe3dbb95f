package org.seawall.core.catalog;

import java.io.IOException;
import java.util.Optional;
import org.seawall.LogUnavailableException;
import org.seawall.Recovery;
import org.seawall.Recovery.Verdict;
import org.seawall.SeawallException;
import org.seawall.catalog.CollectionInfo;
import org.seawall.core.engine.BatchLog;
import org.seawall.core.engine.LogLayout;
import org.seawall.core.engine.Opening;
import org.seawall.core.engine.Session;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The logs of the catalog's collections: made, opened, recovered after a failure, closed, removed. */
final class CollectionLogs {
    private static final Logger LOG = LoggerFactory.getLogger(CollectionLogs.class);

    private final CatalogSession session;

    CollectionLogs(CatalogSession session) {
        this.session = session;
    }

    OpenCollection create(CollectionInfo info) {
        EffectiveSettings settings = settings(info);
        try {
            BatchLog log = BatchLog.create(session(settings), layout(info));
            return new OpenCollection(info, settings, new Opening.Opened(log));
        } catch (IOException e) {
            throw new LogUnavailableException(
                    "collection's files not created, collection=" + info.name() + ", directory="
                            + layout(info).directory(),
                    e);
        }
    }

    /** Opens a collection; one that cannot be recovered is there, but unavailable. */
    OpenCollection open(CollectionInfo info) {
        EffectiveSettings settings = settings(info);
        Opening opening = BatchLog.open(session(settings), layout(info));
        if (opening instanceof Opening.Refused refused) {
            LOG.error(
                    "collection is unavailable, collection={}, verdict={}: {}",
                    info.name(),
                    refused.report().verdict(),
                    refused.report().detail());
        } else {
            Recovery recovery = ((Opening.Opened) opening).log().recovery();
            if (recovery.verdict() == Verdict.TORN_TAIL) {
                LOG.warn(
                        "a write that was cut off and never acknowledged was moved to the archive, collection={}: {}",
                        info.name(),
                        recovery.detail());
            }
        }
        return new OpenCollection(info, settings, opening);
    }

    /** Opens a collection anew whose storage failed, and returns whether it takes appends again. */
    boolean recover(OpenCollection collection) {
        Optional<BatchLog> failed = collection.openLog();
        failed.ifPresent(CollectionLogs::closeFiles);
        Opening opening = BatchLog.openAfterFailure(session(collection.effective()), layout(collection.info()));
        if (opening instanceof Opening.Refused refused) {
            LOG.warn(
                    "collection not recovered yet, collection={}, verdict={}: {}",
                    collection.info().name(),
                    refused.report().verdict(),
                    refused.report().detail());
            if (refused.report().verdict() == Verdict.UNAVAILABLE) {
                return false; // what is in the memory of the failed log is still read
            }
        } else {
            LOG.info(
                    "collection recovered after a failure, collection={}",
                    collection.info().name());
        }
        collection.reopened(opening);
        failed.ifPresent(CollectionLogs::close);
        return opening instanceof Opening.Opened;
    }

    void close(OpenCollection collection) {
        collection.openLog().ifPresent(CollectionLogs::close);
    }

    void remove(CollectionInfo info) throws IOException {
        session.collections().backend().fileSystem().deleteTree(layout(info).directory());
    }

    private static void close(BatchLog log) {
        try {
            log.close();
        } catch (SeawallException e) {
            LOG.warn("collection not closed cleanly", e);
        }
    }

    private static void closeFiles(BatchLog log) {
        try {
            log.closeFiles();
        } catch (SeawallException e) {
            LOG.debug("files of a failed log not closed cleanly", e);
        }
    }

    private EffectiveSettings settings(CollectionInfo info) {
        return new EffectiveSettings(session.settings(), info);
    }

    private Session session(EffectiveSettings settings) {
        return session.collections().with(() -> settings.get().engine());
    }

    private LogLayout layout(CollectionInfo info) {
        return LogLayout.collection(info.id().toString(), session.root(), info.created());
    }
}
