package org.seawall.itests.process;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A process that waits twice: before commands that are to fail, and before commands that are to work since the cause is gone. The collection {@code v} has one large entry, {@code before}, at its begin.
 */
final class Conversation implements AutoCloseable {
    private static final int BYTES = 600_000;

    private final Gate begin;
    private final Gate end;
    private final Running running;

    private Conversation(Gate begin, Gate end, Running running) {
        this.begin = begin;
        this.end = end;
        this.running = running;
    }

    /** Returns when the process waits for the first time. */
    static Conversation start(Seawall seawall, Path log, List<String> failing, List<String> working)
            throws IOException, InterruptedException {
        seawall.configure("org.seawall.log~default.cfg.json", "{ \"wal.url\": \"file:" + log + "\" }");
        // what is written ahead would be room on a disk that is full
        seawall.configure("org.seawall.filesystem.local~plain.cfg.json", "{ \"reserveBytes\": 0 }");
        String line = "{\"id\":\"before\",\"payload\":\"" + "A".repeat(BYTES) + "\"}\n";
        String ingest = "wal:ingest v " + Files.writeString(seawall.file("before.jsonl"), line);
        assertEquals(Outcome.OK, seawall.run("wal:create v --payloads", ingest).status());
        Gate begin = Gate.at(seawall.file("begin.jsonl"));
        Gate end = Gate.at(seawall.file("end.jsonl"));
        List<String> commands = new ArrayList<>(List.of(Gate.CREATE, begin.command()));
        commands.addAll(failing);
        commands.add("wal:status --json");
        commands.add(end.command());
        commands.addAll(working);
        commands.add("wal:tail v --json");
        Running running = seawall.start(commands.toArray(String[]::new));
        running.awaitOutput("created gate");
        return new Conversation(begin, end, running);
    }

    Running running() {
        return running;
    }

    /** The status of the log when the commands have failed. */
    JsonNode failing() throws IOException {
        begin.open();
        return running.awaitStatus(1);
    }

    /** The ids of the collection's entries when the other commands have worked. */
    List<String> working() throws IOException, InterruptedException {
        int complaints = running.complaints().size();
        end.open();
        Outcome outcome = running.awaitEnd();
        assertEquals(complaints, running.complaints().size(), outcome::toString);
        return outcome.objects().stream()
                .map(entry -> entry.get("id").textValue())
                .toList();
    }

    @Override
    public void close() {
        running.process().destroyForcibly();
    }
}
