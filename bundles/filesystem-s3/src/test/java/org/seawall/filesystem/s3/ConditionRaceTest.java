package org.seawall.filesystem.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.seawall.spi.filesystem.FileInfo;
import org.seawall.spi.filesystem.Location;

/** Twenty threads at one name, twenty times: what law 3 stands on, and what several servers get wrong. */
class ConditionRaceTest {

    private static final int THREADS = 20;
    private static final int ROUNDS = 20;

    private final VersityServer server = VersityServer.running();
    private final String bucket = server.bucket();

    private interface Write {
        FileInfo run(String text) throws Exception;
    }

    private static List<ByteBuffer> bytes(String text) {
        return List.of(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<FileInfo> winners(ExecutorService threads, Write write) throws Exception {
        CyclicBarrier begin = new CyclicBarrier(THREADS);
        List<Future<Optional<FileInfo>>> all = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            String text = "thread " + i;
            all.add(threads.submit(() -> {
                begin.await();
                try {
                    return Optional.of(write.run(text));
                } catch (FileAlreadyExistsException lost) {
                    return Optional.empty();
                }
            }));
        }
        List<FileInfo> winners = new ArrayList<>();
        for (Future<Optional<FileInfo>> each : all) {
            each.get().ifPresent(winners::add);
        }
        return winners;
    }

    @Test
    void oneCreatorAndOneReplacerWinsEachRound() throws Exception {
        S3FileSystem files = server.configuration().open();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            for (int round = 0; round < ROUNDS; round++) {
                Location file = Location.parse("s3://" + bucket + "/race/" + round);
                List<FileInfo> created = winners(threads, text -> files.create(file, bytes(text)));
                assertEquals(1, created.size(), "creators that won");
                Optional<String> version = Optional.of(created.get(0).version());
                List<FileInfo> replaced = winners(threads, text -> files.replace(file, bytes(text + "!"), version));
                assertEquals(1, replaced.size(), "replacers that won");
                assertEquals(Optional.of(replaced.get(0)), files.find(file));
            }
        } finally {
            threads.shutdownNow();
            files.stop();
        }
    }
}
