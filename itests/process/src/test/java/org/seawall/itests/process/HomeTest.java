package org.seawall.itests.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the process says when it cannot start, and with which status it ends. */
class HomeTest {
    @Test
    void aSecondProcessOnAHomeIsRefusedAndToldWhoHasIt() throws Exception {
        Seawall seawall = Seawall.at("second");
        Running first = seawall.start("wal:create v --payloads", "wal:append v a --payload x", "wal:tail v --follow");
        first.awaitOutput("appended");
        Outcome refused = seawall.run("wal:append v b --payload y");
        assertRefused(refused, "home is in use, pid=" + first.process().pid());

        first.process().destroy();
        assertEquals(Outcome.TERMINATED, first.awaitEnd().status());
        Outcome next =
                seawall.run("wal:append v c --payload z", "wal:tail v --json").assertOk();
        assertEquals(
                List.of("a", "c"),
                next.objects().stream()
                        .map(entry -> entry.get("id").textValue())
                        .toList());
    }

    @Test
    void theStatusSaysWhetherAllWorked() throws Exception {
        Seawall seawall = Seawall.at("status");
        assertEquals(Outcome.OK, seawall.run("wal:create v --payloads").status());
        assertEquals(Outcome.FAILED, seawall.run("wal:nope").status());
        assertEquals(Outcome.FAILED, seawall.run("wal:get v a", "wal:list").status());
        assertEquals(Outcome.FAILED, seawall.run("wal:list \"").status());
    }

    @Test
    void anUnknownOptionOfTheLauncherIsRefused() throws Exception {
        Outcome outcome = Seawall.at("option").launch("--nope").awaitEnd();
        assertEquals(Outcome.USAGE, outcome.status());
        assertEquals(List.of("seawall: unknown option --nope; see --help"), outcome.err());
    }

    @Test
    void aHomeThatCannotBeMadeIsRefused() throws Exception {
        Path file = Files.writeString(Seawall.at("file").file("file"), "in the way");
        assertRefused(new Seawall(file.resolve("home")).run("wal:list"), "home cannot be created, reason=");
    }

    @Test
    void aHomeThatCannotBeWrittenIsRefused() throws Exception {
        assumeFalse("root".equals(System.getProperty("user.name")), "root may write everywhere");
        Seawall seawall = Seawall.at("read-only");
        seawall.run("wal:create v --payloads").assertOk();
        Path data = seawall.home().resolve("data");
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("r-xr-xr-x"));
        try {
            assertRefused(seawall.run("wal:list"), "home is read-only, directory=" + data);
        } finally {
            Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    private static void assertRefused(Outcome outcome, String words) {
        assertEquals(Outcome.FAILED, outcome.status());
        assertEquals(1, outcome.err().size(), outcome::toString);
        assertTrue(outcome.err().get(0).startsWith("seawall: " + words), outcome::toString);
    }
}
