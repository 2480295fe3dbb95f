package org.seawall.core.engine;

import static org.seawall.core.engine.Logs.batch;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.seawall.Entry;
import org.seawall.LogUnavailableException;
import org.seawall.spi.serializer.BatchSerializer;

/** The same while the log is closed and opened with another serializer, twice. */
class EveryStepWithSwitchesTest extends EveryStepTest {
    private int turn;

    /** Begins, and is verified, with one of the two in turn. */
    @Override
    Logs logs(Path home) {
        return new Logs(home, turn++ % 2 == 0 ? Logs.AVRO : Logs.PROTOBUF);
    }

    @Override
    void scenario(Logs logs, Session session, List<Entry> acknowledged) throws IOException {
        BatchSerializer first = logs.serializer;
        BatchSerializer second = first == Logs.AVRO ? Logs.PROTOBUF : Logs.AVRO;
        try (BatchLog log = BatchLog.create(session, logs.layout())) {
            append(first, log, acknowledged, batch(1, 2));
            append(first, log, acknowledged, batch(2, 1));
        }
        try (BatchLog log = open(logs, session, second)) {
            append(second, log, acknowledged, batch(3, 2));
            log.snapshot();
            append(second, log, acknowledged, batch(4, 2));
            append(second, log, acknowledged, batch(5, 1));
        }
        try (BatchLog log = open(logs, session, first)) {
            append(first, log, acknowledged, batch(6, 3));
            log.snapshot();
            append(first, log, acknowledged, batch(7, 1));
        }
    }

    private static BatchLog open(Logs logs, Session session, BatchSerializer serializer) {
        Backend before = session.backend();
        Backend backend =
                new Backend(before.fileSystem(), before.strategy(), serializer, before.readers(), before.clock());
        Session next = new Session(backend, session.settings(), session.commits(), session.writer());
        Opening opening = BatchLog.open(next, logs.layout());
        if (opening instanceof Opening.Refused refused) {
            throw new LogUnavailableException("stopped while the log was opened", refused.cause());
        }
        return ((Opening.Opened) opening).log();
    }
}
