package org.seawall.itests.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ConfigurationTest {
    private static final String DEFAULT = "org.seawall.log~default.cfg.json";
    private static final String SECOND = "org.seawall.log~second.cfg.json";

    @Test
    void aFileEachGivesALogEach() throws Exception {
        Seawall seawall = Seawall.at("logs");
        seawall.configure(DEFAULT, "{ \"wal.url\": \"file:${seawall.home}/data/one\" }");
        seawall.configure(SECOND, "{ \"wal.url\": \"file:${seawall.home}/data/two\" }");
        seawall.configure(
                "org.seawall.log~third.cfg", "wal.url = file:${seawall.home}/data/three\nmaxBatchEntries = 1\n");
        Path two = Vectors.random(2, 3, new java.util.Random(1)).write(seawall.file("two.fvecs"));
        Outcome written = seawall.run(
                "wal:create a --payloads",
                "wal:create b --payloads --log second",
                "wal:create c --dimension 3 --log third",
                "wal:ingest c " + two + " --log third");
        assertEquals(Outcome.FAILED, written.status());
        assertEquals(1, written.err().size(), written::toString);
        assertTrue(written.err().get(0).contains("entries=2, limit=1"), written::toString);

        // a list waits for its log, the status of all of them for nothing
        Outcome listed = seawall.run("wal:list", "wal:list --log second", "wal:list --log third", "wal:status --json")
                .assertOk();
        assertEquals(
                List.of("default/data/one/a", "second/data/two/b", "third/data/three/c"),
                Stream.iterate(0, i -> i + 1)
                        .limit(3)
                        .map(i -> listed.arrays().get(0).get(i))
                        .map(log -> log.get("log").textValue()
                                + log.get("url").textValue().replace("file:" + seawall.home(), "")
                                + "/"
                                + log.get("collections").get(0).get("name").textValue())
                        .toList());
    }

    /** One of the directories is taken away while nothing runs, and put back. */
    @Test
    void collectionsAreSpreadOverDirectoriesOfWhichOneMayBeAway() throws Exception {
        Seawall seawall = Seawall.at("spread");
        seawall.configure(
                DEFAULT,
                "{ \"wal.urls\": [\"file:${seawall.home}/data/one\", \"file:${seawall.home}/data/two\"],"
                        + " \"catalog.url\": \"file:${seawall.home}/data/catalog\" }");
        seawall.run(
                        "wal:create a --payloads",
                        "wal:append a x --payload 1",
                        "wal:create b --payloads",
                        "wal:append b x --payload 1",
                        "wal:create c --payloads --url file:" + seawall.home() + "/data/two")
                .assertOk();
        Path two = seawall.home().resolve("data/two");
        Path away = seawall.home().resolve("data/away");
        Files.move(two, away);
        Files.createDirectory(two);
        Outcome without = seawall.run("wal:get a x", "wal:get b x", "wal:status --json");
        assertEquals(Outcome.FAILED, without.status());
        assertTrue(without.err().get(0).contains("is it mounted?"), without::toString);
        assertEquals(
                List.of("one open 1", "two unavailable 2"),
                Stream.of(0, 1)
                        .map(i -> without.arrays()
                                .get(0)
                                .get(0)
                                .get("directories")
                                .get(i))
                        .map(directory -> directory.get("url").textValue().replaceAll(".*/", "") + " "
                                + directory.get("state").textValue() + " "
                                + directory.get("collections").intValue())
                        .toList());
        Files.delete(two);
        Files.move(away, two);
        seawall.run("wal:get a x", "wal:get b x", "wal:append c x --payload 1").assertOk();
    }

    @Test
    void anEditIsTakenUpByARunningProcess() throws Exception {
        Seawall seawall = Seawall.at("edit");
        String url = "{ \"wal.url\": \"file:${seawall.home}/data/two\"";
        seawall.configure(DEFAULT, "{ \"wal.url\": \"file:${seawall.home}/data/one\" }");
        seawall.configure(SECOND, url + " }");
        String entry = "wal:append v %s --payload " + "x".repeat(2_000) + " --log second";
        Gate gate = Gate.at(seawall.file("edited.jsonl"));
        Running running = seawall.start(
                Gate.CREATE + " --log default",
                "wal:create v --payloads --log second",
                entry.formatted("before"),
                gate.command() + " --log default",
                entry.formatted("after"),
                "wal:append v short --payload x --log second",
                "wal:tail v --json --log second");
        running.awaitOutput("appended v");
        seawall.configure(SECOND, url + ", \"maxEntryBytes\": 1024 }");
        running.awaitWhileAlive("it took the edit", () -> seawall.loggedTimes("another configuration is in force") > 0);
        gate.open();
        Outcome outcome = running.awaitEnd();

        assertEquals(Outcome.FAILED, outcome.status());
        assertEquals(1, outcome.err().size(), outcome::toString);
        assertTrue(outcome.err().get(0).contains("limit=1024, id=after"), outcome::toString);
        assertEquals(
                List.of("before", "short"),
                outcome.objects().stream().map(one -> one.get("id").textValue()).toList());
    }

    @Test
    void aHomeWithoutALogGetsOneThatIsTheOperatorsFromThenOn() throws Exception {
        Seawall seawall = Seawall.at("default");
        seawall.run("wal:create v --payloads", "wal:append v a --payload x").assertOk();
        Path file = seawall.home().resolve("conf").resolve(DEFAULT);
        assertTrue(Files.readString(file).contains("data/wal"));

        seawall.configure(DEFAULT, "{ \"wal.url\": \"file:${seawall.home}/data/other\" }");
        seawall.run("wal:get v a", "wal:append v b --payload x").assertOk();
        assertTrue(Files.exists(seawall.file("data/other/catalog")));
        seawall.configure(DEFAULT, "{ \"wal.url\": \"file:${seawall.home}/data/wal\" }");
        seawall.run("wal:get v a", "wal:get v b").assertOk();
    }
}
