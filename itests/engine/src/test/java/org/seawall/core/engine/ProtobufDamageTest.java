package org.seawall.core.engine;

import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;

/** The same verdicts with another serializer, and with segments that are read ahead. */
class ProtobufDamageTest extends DamageTest {
    private final ExecutorService readers = Executors.newFixedThreadPool(3);

    @Override
    Logs logs(Path home) {
        return new Logs(home, Logs.PROTOBUF, new Reading(readers, 4, new ReadBudget(1 << 20), Retries.NONE));
    }

    @AfterEach
    void end() {
        readers.shutdown();
    }
}
