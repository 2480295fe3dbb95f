package org.seawall.core.engine;

import java.util.Optional;
import org.seawall.spi.serializer.BatchSerializer;
import org.seawall.spi.serializer.SegmentFormat;

/**
 * Where a writer has left a log: everything before it is durable and told, and the active segment, if there is one, holds
 * its header and nothing else.
 *
 * @param head where the log goes on: the active segment, or the last one
 * @param active the format of the active segment, if the strategy has one
 * @param serializer what has written it
 * @param strategy name of the strategy that continues it
 */
record Left(Head head, Optional<SegmentFormat> active, BatchSerializer serializer, String strategy) {
    /** The same place when the active segment was sealed. */
    Left sealed(Head end) {
        return new Left(end, Optional.empty(), serializer, strategy);
    }
}
