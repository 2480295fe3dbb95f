package org.seawall.itests.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A damaged log is verified, repaired and verified again by an operator's commands, and its data is read back. */
class RepairTest {
    @Test
    void whatStandsBeforeTheDamageIsReadAgainAfterARepairAndTheRestIsNamedBefore() throws Exception {
        Seawall seawall = Seawall.at("repair");
        seawall.run("wal:create v --payloads", "wal:append v a --payload 1", "wal:append v b --payload 2", "wal:roll v")
                .assertOk();
        seawall.run("wal:append v c --payload 3", "wal:verify").assertOk();
        Path segment = Seawall.segments(seawall.onlyCollection()).get(0);
        byte[] bytes = Files.readAllBytes(segment);
        bytes[bytes.length - 25] ^= 0x40;
        Files.write(segment, bytes);

        // the log is open though its collection is not, so it is not repaired
        Outcome open = seawall.run("wal:verify", "wal:repair --truncate");
        assertEquals(Outcome.FAILED, open.status());
        assertTrue(open.err().stream().anyMatch(line -> line.contains("verdict=corrupt")), open::toString);
        assertTrue(
                open.err().stream().anyMatch(line -> line.contains("locked") && line.contains("log default")),
                open::toString);

        Seawall operator = Seawall.at("repair-operator");
        String url = " --url " + seawall.home().resolve("data/wal");
        Outcome repaired = operator.run(
                "wal:verify" + url, "wal:repair" + url, "wal:repair v --truncate" + url, "wal:verify" + url);
        assertEquals(2, repaired.err().size(), repaired::toString);
        assertTrue(repaired.err().get(0).startsWith("wal:verify: not in order, verdict=corrupt"), repaired::toString);
        assertTrue(repaired.err().get(1).contains("--truncate gives up 1 batches with 1 entries"), repaired::toString);
        assertTrue(
                repaired.out().stream().anyMatch(line -> line.startsWith("v: truncate, given up: 1 batches")),
                repaired::toString);

        Outcome read = seawall.run("wal:tail v --json", "wal:append v next --payload 4", "wal:verify");
        assertEquals(Outcome.OK, read.status(), read::toString);
        assertEquals(
                List.of("a"),
                read.objects().stream()
                        .map(entry -> entry.get("id").textValue())
                        .toList());
    }

    @Test
    void aCopyOfAnOpenLogServesInItsPlace() throws Exception {
        Seawall seawall = Seawall.at("copied");
        Path copy = seawall.file("copy");
        seawall.run(
                        "wal:create v --payloads",
                        "wal:append v a --payload 1",
                        "wal:roll v",
                        "wal:append v b --payload 2",
                        "wal:copy --to " + copy,
                        "wal:copy --url " + copy + " --collection v --into default --as w",
                        "wal:tail w --json")
                .assertOk();
        Seawall other = Seawall.at("copied-other");
        other.configure("org.seawall.log~default.cfg.json", "{ \"wal.url\": \"file:" + copy + "\" }");
        Outcome read = other.run("wal:tail v --json", "wal:verify").assertOk();
        assertEquals(
                List.of("a", "b"),
                read.objects().stream()
                        .map(entry -> entry.get("id").textValue())
                        .toList());
    }
}
