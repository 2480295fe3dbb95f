package org.seawall.itests.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Bundles of somebody else in a launcher that runs: both come, serve a log, and are exchanged under an ingest. */
@Execution(ExecutionMode.CONCURRENT)
class ThirdPartyTest {
    private static final String OTHER = "org.seawall.log~other.cfg.json";
    private static final int BATCH = 10;
    private static final String CHANGED = "session changed, log=other,";

    private final List<String> transcript = new ArrayList<>();

    @Test
    void bundlesThatAreDroppedIntoARunningLauncherServeALogWithoutARestart() throws Exception {
        Seawall seawall = Seawall.at("thirdparty");
        Path disk = Files.createDirectories(seawall.file("disk"));
        Gate dropped = Gate.at(seawall.file("dropped.jsonl"));
        RowPipe rows = RowPipe.at(seawall.file("rows.jsonl"));
        AckLog acks = new AckLog(seawall.file("acks"), BATCH);
        Running running = seawall.start(
                Gate.CREATE,
                "wal:create own --payloads",
                "wal:append own before --payload x",
                dropped.command(),
                "wal:create notes --dimension 3 --metric cosine --log other --wait 120",
                "wal:append notes n1 --vector 1,0,0 --metadata text=sea --log other",
                "wal:append notes n2 --vector 0,1,0 --metadata text=wall --log other",
                "wal:search notes --vector 0.9,0.1,0 -k 1 --log other",
                "wal:create rows --dimension 3 --log other",
                "wal:ingest rows " + rows.pipe() + " --batch " + BATCH + " --ack-log " + acks.file() + " --log other",
                "wal:append own after --payload x",
                "wal:status");
        running.awaitOutput("appended own");

        say("cp volume-1.0.0.jar lines-1.0.0.jar deploy/");
        ThirdParty.VOLUME.deploy(seawall);
        ThirdParty.LINES.deploy(seawall);
        configure(seawall, "org.example.volume.cfg.json", "{ \"root\": \"" + disk + "\" }");
        configure(seawall, OTHER, "{ \"wal.url\": \"volume:/other\", \"serializer\": \"lines\" }");
        dropped.open();

        rows.open();
        awaitAcks(running, acks, 5);
        for (ThirdParty bundle : List.of(ThirdParty.VOLUME, ThirdParty.LINES)) {
            exchange(seawall, running, bundle);
            awaitAcks(running, acks, acks.lines() + 5);
        }
        long written = rows.close();
        Outcome outcome = running.awaitEnd().assertOk();
        outcome.out().forEach(transcript::add);
        Path kept = Files.write(seawall.file("transcript.txt"), transcript);

        assertTrue(outcome.out().stream().anyMatch(line -> line.contains("n1") && line.contains("0.")), kept::toString);
        assertTrue(
                outcome.out().stream()
                        .anyMatch(line -> line.contains("serializer=lines") && line.contains("volume:/other")),
                kept::toString);
        assertJsonLines(disk);

        // and the next process finds all of it, each row once and in order
        Outcome next = seawall.run("wal:tail rows --json --log other", "wal:get own after")
                .assertOk();
        assertEquals(
                LongStream.rangeClosed(1, written).mapToObj(row -> "r" + row).toList(),
                next.objects().stream()
                        .map(entry -> entry.get("id").textValue())
                        .filter(id -> id.startsWith("r"))
                        .toList());
    }

    private void configure(Seawall seawall, String file, String text) throws IOException {
        say("echo '" + text + "' > conf/" + file);
        seawall.configure(file, text);
    }

    /** Takes a bundle away and puts it back, each when the container has noticed. */
    private void exchange(Seawall seawall, Running running, ThirdParty bundle) throws IOException {
        String gone = "(org.example." + bundle.name() + ")";
        say("rm deploy/" + bundle.name() + ".jar");
        bundle.remove(seawall);
        running.awaitWhileAlive("the bundle is gone", () -> seawall.logged(gone));
        long changes = seawall.loggedTimes(CHANGED);
        say("cp " + bundle.name() + "-1.0.0.jar deploy/");
        bundle.deploy(seawall);
        running.awaitWhileAlive("the log goes on", () -> seawall.loggedTimes(CHANGED) > changes);
    }

    private static void awaitAcks(Running running, AckLog acks, long count) {
        running.awaitWhileAlive("acknowledgements", () -> acks.lines() >= count);
    }

    /** What the file system and the serializer of somebody else have written is what they say. */
    private static void assertJsonLines(Path disk) throws IOException {
        List<Path> segments;
        try (Stream<Path> files = Files.walk(disk.resolve("other"))) {
            segments =
                    files.filter(file -> file.getParent().endsWith("segments")).toList();
        }
        assertTrue(segments.size() > 5, segments::toString);
        JsonNode first =
                new ObjectMapper().readTree(Files.readAllLines(segments.get(0)).get(0));
        assertTrue(first.has("lines/1"), first::toString);
    }

    private void say(String line) {
        transcript.add("$ " + line);
    }
}
