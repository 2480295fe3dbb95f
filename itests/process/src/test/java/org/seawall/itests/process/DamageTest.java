package org.seawall.itests.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Files that are not what they were. */
class DamageTest {
    @Test
    void aDamagedSegmentMakesItsCollectionUnavailableAndNoOther() throws Exception {
        Seawall seawall = Seawall.at("damage");
        Path rows = Vectors.random(200, 8, new Random(5)).write(seawall.file("rows.fvecs"));
        seawall.run("wal:create v --dimension 8", "wal:ingest v " + rows + " --batch 20", "wal:roll v")
                .assertOk();
        Path segment = Seawall.segments(seawall.onlyCollection()).get(0);
        seawall.run("wal:create w --payloads", "wal:append w a --payload x").assertOk();

        int position = (int) Files.size(segment) / 2;
        flip(segment, position);
        Outcome outcome = seawall.run(
                "wal:get v 1",
                "wal:tail v",
                "wal:append v new --vector 1,2,3,4,5,6,7,8",
                "wal:search v --vector 1,2,3,4,5,6,7,8",
                "wal:get w a",
                "wal:append w b --payload y",
                "wal:tail w --json",
                "wal:status --json");
        assertEquals(Outcome.FAILED, outcome.status());
        // one of the log, and one of each command
        assertEquals(5, outcome.err().size(), outcome::toString);
        outcome.err()
                .forEach(line -> assertTrue(line.contains(segment.getFileName().toString()), line));

        JsonNode collections = outcome.arrays().get(0).get(0).get("collections");
        assertEquals("unavailable", collections.get(0).get("state").textValue());
        JsonNode recovery = collections.get(0).get("recovery");
        assertEquals("corrupt", recovery.get("verdict").textValue());
        String detail = recovery.get("detail").textValue();
        assertTrue(detail.contains(segment.getFileName().toString()), detail);
        long offset = Long.parseLong(detail.replaceFirst("(?s).*offset=([0-9]+).*", "$1"));
        assertTrue(offset <= position && position - offset < 20 * 100, detail + ", position=" + position);
        assertTrue(detail.contains("expected=") && detail.contains("actual="), detail);
        assertEquals("open", collections.get(1).get("state").textValue());
        assertEquals(
                List.of("a", "b"),
                outcome.objects().stream()
                        .map(entry -> entry.get("id").textValue())
                        .toList());

        // nothing was changed: the bytes put back, all is there
        flip(segment, position);
        Outcome mended = seawall.run("wal:tail v --json", "wal:append v new --vector 1,2,3,4,5,6,7,8")
                .assertOk();
        assertEquals(200, mended.objects().size());
    }

    /** As a loss of power leaves it: the second batch was never acknowledged, and its last sectors never written. */
    @Test
    void aTornTailIsCutOffAndKeptAsideAndTheLogGoesOn() throws Exception {
        Seawall seawall = Seawall.at("torn");
        seawall.run("wal:create v --payloads", "wal:append v whole --payload x").assertOk();
        Path active = seawall.onlyCollection().resolve("wal_current.avro");
        Outcome dump = seawall.run("wal:append v torn --payload " + "y".repeat(3_000), "wal:dump " + active + " --json")
                .assertOk();
        int torn = dump.objects().get(2).get("offset").intValue();
        byte[] bytes = Files.readAllBytes(active);
        Arrays.fill(bytes, (torn / 512 + 2) * 512, bytes.length, (byte) 0);
        Files.write(active, bytes);

        Outcome outcome = seawall.run("wal:append v next --payload z", "wal:tail v --json", "wal:status --json");
        assertEquals(Outcome.OK, outcome.status(), outcome::toString);
        assertEquals(
                List.of("1 whole", "2 next"),
                outcome.objects().stream()
                        .map(entry ->
                                entry.get("sequence") + " " + entry.get("id").textValue())
                        .toList());
        JsonNode recovery =
                outcome.arrays().get(0).get(0).get("collections").get(0).get("recovery");
        assertEquals("torn-tail", recovery.get("verdict").textValue());
        assertTrue(recovery.get("detail").textValue().contains("offset=" + torn), recovery::toString);
        try (Stream<Path> archive = Files.walk(seawall.onlyCollection().resolve("archive"))) {
            Path kept = archive.filter(file -> file.getFileName().toString().startsWith("torn_"))
                    .findFirst()
                    .orElseThrow();
            assertTrue(Files.readString(kept, StandardCharsets.ISO_8859_1).contains("yyyy"));
        }
        assertEquals(2, seawall.run("wal:tail v --json").assertOk().objects().size());
    }

    private static void flip(Path file, int position) throws Exception {
        byte[] bytes = Files.readAllBytes(file);
        bytes[position] ^= 0x40;
        Files.write(file, bytes);
    }
}
