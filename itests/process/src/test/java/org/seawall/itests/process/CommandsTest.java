package org.seawall.itests.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Bad input: a line of error each, a status that is not 0, and a log that goes on. */
class CommandsTest {
    @Test
    void everyBadInputIsRefusedInOneLineAndTheLogGoesOn() throws Exception {
        Seawall seawall = Seawall.at("commands");
        seawall.configure(
                "org.seawall.log~default.cfg.json",
                "{ \"wal.url\": \"file:${seawall.home}/data/wal\", \"maxBatchBytes\": 4096, \"maxEntryBytes\": 2048 }");
        List<Bad> bads = bads(seawall);
        List<String> commands = new ArrayList<>(List.of("wal:create v --dimension 4", "wal:create p --payloads"));
        for (int i = 0; i < bads.size(); i++) {
            commands.add(bads.get(i).command());
            commands.add("wal:append p " + i + " --payload after");
        }
        commands.addAll(List.of("wal:tail p --json", "wal:tail v --json"));
        Outcome outcome = seawall.run(commands.toArray(String[]::new));

        assertEquals(Outcome.FAILED, outcome.status());
        for (int i = 0; i < Math.min(bads.size(), outcome.err().size()); i++) {
            assertTrue(
                    outcome.err().get(i).contains(bads.get(i).words()),
                    bads.get(i) + " said " + outcome.err().get(i));
        }
        assertEquals(bads.size(), outcome.err().size(), () -> String.join("\n", outcome.err()));
        // what was appended behind each error, and of v the rows before the bad ones of two files
        assertEquals(IntStream.range(0, bads.size()).mapToObj(Integer::toString).toList(), ids(outcome, "payload"));
        assertEquals(List.of("0", "1", "good"), ids(outcome, "vector"));
    }

    private static List<Bad> bads(Seawall seawall) throws IOException {
        Path nan = fourRows(2).write(seawall.file("nan.fvecs"));
        Path foreign = Vectors.random(3, 5, new Random(2)).write(seawall.file("foreign.fvecs"));
        Path large = Vectors.random(500, 4, new Random(3)).write(seawall.file("large.fvecs"));
        Path cut = seawall.file("cut.fvecs");
        Files.write(cut, Arrays.copyOf(Files.readAllBytes(foreign), 11));
        Path cutRow = seawall.file("cut-row.fvecs");
        Files.write(cutRow, Arrays.copyOf(Files.readAllBytes(large), 11));
        Path text = Files.writeString(seawall.file("text.fvecs"), "not a vector in sight");
        Path nanLines = Files.writeString(
                seawall.file("nan.jsonl"),
                "{\"id\":\"good\",\"vector\":[1,2,3,4]}\n{\"id\":\"bad\",\"vector\":[1,NaN,3,4]}\n");
        Path shortLines = Files.writeString(seawall.file("short.jsonl"), "{\"id\":\"bad\",\"vector\":[1,2,3]}\n");
        return List.of(
                new Bad("wal:append v a --vector 1,2,3", "wrong dimension, expected=4, actual=3, id=a, collection=v"),
                new Bad("wal:append v a --vector 1,2,NaN,4", "value=NaN, index=2, id=a"),
                new Bad("wal:append v a --vector 1,2,x,4", "x"),
                new Bad("wal:append v a", "Missing required argument(s): ([--vector=X,Y,…] [--payload=TEXT])"),
                new Bad("wal:append p " + "i".repeat(513) + " --payload x", "bytes=513, limit=512"),
                new Bad("wal:append p a --payload " + "x".repeat(3_000), "limit=2048, id=a, collection=p"),
                new Bad("wal:append p a --vector 1,2", "vector in a collection of payloads"),
                new Bad("wal:append nope a --payload x", "collection not found, name=nope, log=default"),
                new Bad(
                        "wal:ingest v " + nan + " --batch 2",
                        "value=NaN, index=1, id=2, row=2, offset=40, file=" + nan + "; 2 rows are in, sequences 1..2"),
                new Bad("wal:ingest v " + nanLines + " --batch 1", "value=NaN"),
                new Bad("wal:ingest v " + shortLines, "expected=4, actual=3"),
                new Bad("wal:ingest v " + foreign, "expected=4, actual=5"),
                new Bad("wal:ingest v " + cut, "row=0, offset=0, file=" + cut),
                new Bad("wal:ingest v " + cutRow, "file ends within a row, expected=20 bytes, actual=11"),
                new Bad("wal:ingest v " + text, "foreign dimension, expected=4"),
                new Bad("wal:ingest v " + seawall.file("none.fvecs"), "no such file, file="),
                new Bad("wal:ingest v " + seawall.file("nan.csv"), "unknown kind of file"),
                new Bad("wal:ingest p " + foreign, "vectors for a collection of payloads, collection=p"),
                new Bad("wal:ingest v " + large + " --batch 500", "batch over the limit, bytes="),
                new Bad("wal:ingest v " + large + " --batch 0", "batch out of range, expected 1 to 100000, batch=0"),
                new Bad("wal:ingest v " + large + " --batch 100001", "batch=100001"),
                new Bad("wal:ingest v " + large + " --batch many", "--batch"),
                new Bad("wal:create ../x --dimension 3", "not a collection name"),
                new Bad("wal:create v --dimension 4", "collection exists, name=v"),
                new Bad("wal:create w --dimension 0", "expected 1 to 65536, dimension=0"),
                new Bad("wal:create w --dimension 65537", "expected 1 to 65536, dimension=65537"),
                new Bad(
                        "wal:create w",
                        "Missing required argument (specify one of these): (--dimension=N | --payloads)"),
                new Bad("wal:get v nope", "not found, id=nope, collection=v"),
                new Bad("wal:get ../v nope", "not a collection name"),
                new Bad("wal:tail nope", "collection not found, name=nope"),
                new Bad("wal:drop nope", "collection not found, name=nope"),
                new Bad("wal:search v --vector 1,2 -k 3", "expected=4, actual=2"),
                new Bad("wal:search v --vector 1,2,3,4 -k 0", "k out of range, expected 1 to 10000, k=0"),
                new Bad("wal:search p --vector 1,2", "payloads"),
                new Bad("wal:dump " + text, "no serializer knows the file"),
                new Bad("wal:dump " + seawall.file("none.avro"), "no such file, file="),
                new Bad("wal:nope", "Command not found: wal:nope"),
                new Bad("wal:list --nope", "--nope"));
    }

    @Test
    void anEmptyFileIsNoError() throws Exception {
        Seawall seawall = Seawall.at("empty");
        Path rows = Files.createFile(seawall.file("empty.fvecs"));
        Path lines = Files.createFile(seawall.file("empty.jsonl"));
        Outcome outcome = seawall.run("wal:create v --dimension 4", "wal:ingest v " + rows, "wal:ingest v " + lines)
                .assertOk();
        assertEquals(
                List.of("ingested 0 vectors", "ingested 0 vectors"),
                outcome.out().subList(1, 3));
    }

    /** Four rows of dimension 4, one of which is not finite. */
    private static Vectors fourRows(int bad) {
        Vectors vectors = Vectors.random(4, 4, new Random(1));
        vectors.rows().get(bad)[1] = Float.NaN;
        return vectors;
    }

    private static List<String> ids(Outcome outcome, String content) {
        return outcome.objects().stream()
                .filter(entry -> entry.has(content))
                .map((JsonNode entry) -> entry.get("id").textValue())
                .toList();
    }
}
