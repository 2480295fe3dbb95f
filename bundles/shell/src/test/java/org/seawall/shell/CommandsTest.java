package org.seawall.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.seawall.Acknowledgement;
import org.seawall.Entry;
import org.seawall.Operation;
import org.seawall.catalog.CollectionSpec;
import org.seawall.catalog.Metric;

class CommandsTest {
    private final GogoShell shell = new GogoShell();

    @AfterEach
    void close() {
        shell.close();
    }

    @Test
    void createMakesACollectionOfVectors() {
        String line = shell.good("wal:create my-points.v2 --dimension 3 --metric cosine --description 'three of them'"
                + " --owner ops --tag team=blue --tag tier=1 --setting roll.bytes=5");
        assertEquals(
                "created my-points.v2, vectors, dimension=3, metric=cosine, id=00000000-0000-0001-0000-000000000000\n",
                line);
        assertEquals(
                CollectionSpec.vectors("my-points.v2", 3, Metric.COSINE)
                        .withDescription("three of them")
                        .withOwner("ops")
                        .withTags(Map.of("team", "blue", "tier", "1"))
                        .withSettings(Map.of("roll.bytes", "5")),
                shell.log.find("my-points.v2").orElseThrow().spec());
    }

    @Test
    void createMakesACollectionOfPayloads() {
        shell.good("wal:create events --payloads");
        assertTrue(shell.log.find("events").orElseThrow().spec().holdsPayloads());
    }

    @Test
    void listAlignsItsColumns() {
        shell.good("wal:create points --dimension 3; wal:create events --payloads --owner ops");
        shell.good("wal:append points a --vector 1,2,3");
        assertEquals("""
                NAME    KIND      DIMENSION  METRIC  LIVE  SEQUENCE  OWNER  DESCRIPTION
                events  payloads                        0         0  ops
                points  vectors           3  l2         1         1
                """, shell.good("wal:list"));
        assertTrue(shell.good("wal:list --json").startsWith("[{\"name\":\"events\",\"id\":"));
    }

    @Test
    void listSaysThatThereIsNothing() {
        assertEquals("no collections, log=default\n", shell.good("wal:list"));
        assertEquals("[]\n", shell.good("wal:list --json"));
    }

    @Test
    void anAppendNamesItsLevelAndSaysNoMoreThanItKnows() {
        shell.good("wal:create points --dimension 1");
        assertEquals("appended points, sequence=1, durable\n", shell.good("wal:append points a --vector 1"));
        assertEquals(
                "appended points, sequence=2, acknowledged=os\n",
                shell.good("wal:append points b --vector 1 --ack os"));
        assertEquals(
                "appended points, sequence=3, durable\n", shell.good("wal:append points c --vector 1 --ack DURABLE"));
        shell.good("wal:update points --setting acknowledgement=PERIODIC");
        assertEquals(
                "appended points, sequence=4, acknowledged=periodic\n", shell.good("wal:append points d --vector 1"));
        assertEquals(List.of(Acknowledgement.OS, Acknowledgement.DURABLE), shell.log.levels());
        assertTrue(shell.bad("wal:append points e --vector 1 --ack soon").contains("--ack"), "names the option");
    }

    @Test
    void columnsAreDeclaredOneByOneOrAsASetting() {
        shell.good("wal:create goods --dimension 2 --column price:double --column Color:string");
        assertEquals(
                "price:double,Color:string",
                shell.log.find("goods").orElseThrow().spec().settings().get("columns"));
        String refusal = shell.bad("wal:create more --dimension 2 --column price:money");
        assertTrue(refusal.contains("column=price:money"), refusal);
    }

    @Test
    void whatIsInEffectIsDescribedAndUsageIsInTheStatus() {
        shell.good("wal:create points --dimension 1 --setting visibility=IMMEDIATE");
        String text = shell.good("wal:describe points");
        assertTrue(text.contains("in effect") && text.contains("acknowledgement=DURABLE"), text);
        String json = shell.good("wal:describe points --json");
        assertTrue(json.contains("\"settingsInEffect\":{\"acknowledgement\":\"DURABLE\""), json);
        String status = shell.good("wal:status");
        assertTrue(status.contains("in flight 1 B of 3 B (held back from 2 B), memory 4 B of 6 B"), status);
        assertTrue(shell.good("wal:status --json").contains("\"heldAppends\":7"), "usage");
    }

    @Test
    void describeTellsSpecificationAndState() {
        shell.good("wal:create points --dimension 3 --tag team=blue");
        String text = shell.good("wal:describe points");
        assertTrue(text.contains("dimension  3\n"), text);
        assertTrue(text.contains("tags       team=blue\n"), text);
        assertTrue(text.contains("memory     1.2 MB\n"), text);
        assertTrue(shell.good("wal:describe points --json").startsWith("{\"log\":\"default\",\"name\":\"points\""));
    }

    @Test
    void updateChangesWhatIsNamed() {
        shell.good("wal:create points --dimension 3 --owner ops --tag a=1 --tag b=2 --setting x=1");
        shell.good("wal:update points --description new --tag c=3 --untag a --setting y=2 --unset x");
        assertEquals(
                CollectionSpec.vectors("points", 3, Metric.L2)
                        .withOwner("ops")
                        .withDescription("new")
                        .withTags(Map.of("b", "2", "c", "3"))
                        .withSettings(Map.of("y", "2")),
                shell.log.find("points").orElseThrow().spec());
    }

    @Test
    void appendKeepsTypesAndSigns() {
        shell.good("wal:create points --dimension 3");
        assertEquals(
                "appended points, sequence=1, durable\n",
                shell.good("wal:append points 007 --vector -1,2.5,-3e2 --metadata yes=true --metadata n=-5"
                        + " --metadata x=1.5 --metadata t=a=b --metadata zip:=01234"));
        Entry entry = shell.log.get("points", "007").orElseThrow().entry();
        assertEquals(List.of(-1f, 2.5f, -300f), List.of(entry.vector()[0], entry.vector()[1], entry.vector()[2]));
        assertEquals(Map.of("yes", true, "n", -5L, "x", 1.5, "t", "a=b", "zip", "01234"), entry.metadata());
    }

    @Test
    void appendStoresTextThatExpires() {
        shell.good("wal:create events --payloads");
        Instant before = Instant.now();
        shell.good("wal:append events \"\" --payload \"started; really\" --ttl 10m");
        Entry entry = shell.log.entries("events").get(0).entry();
        assertEquals("started; really", new String(entry.payload(), StandardCharsets.UTF_8));
        assertFalse(entry.expired(before.plusSeconds(599).toEpochMilli()));
        assertTrue(entry.expired(Instant.now().plusSeconds(601).toEpochMilli()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-5", "@file", "a b", "null", "${sys:user.home}", "1.50", "true", "ü", "--", "a;b"})
    void idsAreTakenAsTheyAreTyped(String id) {
        shell.good("wal:create points --dimension 1");
        String typed = id.equals("--") ? "-- " + id : "'" + id + "'";
        shell.good("wal:append points --vector 1 " + typed);
        assertEquals(id, shell.log.entries("points").get(0).entry().id());
    }

    @Test
    void numbersAreIdsAsTheyAreTyped() {
        shell.good("wal:create points --dimension 1");
        shell.good(
                "wal:append points 1.50 --vector 1; wal:append points -5 --vector 1; wal:append points true --vector 1");
        assertEquals(
                List.of("1.50", "-5", "true"),
                shell.log.entries("points").stream()
                        .map(logged -> logged.entry().id())
                        .toList());
    }

    @Test
    void deleteEndsAnId() {
        shell.good("wal:create points --dimension 1; wal:append points a --vector 1");
        assertEquals("deleted a, sequence=2, durable\n", shell.good("wal:delete points a"));
        assertEquals(
                Operation.DELETE, shell.log.entries("points").get(1).entry().operation());
        assertEquals("wal:get: not found, id=a, collection=points", shell.bad("wal:get points a"));
    }

    @Test
    void getShowsTheEntry() {
        shell.good("wal:create points --dimension 2; wal:append points a --vector 1,2 --payload hi --metadata k=v");
        assertEquals("""
                id         a
                sequence   1
                timestamp  1970-01-01T00:00:01Z
                dimension  2
                vector     1.0,2.0
                payload    2 B: hi
                metadata   k=v
                """, shell.good("wal:get points a"));
        assertEquals(
                "{\"sequence\":1,\"operation\":\"put\",\"id\":\"a\",\"timestamp\":\"1970-01-01T00:00:01Z\","
                        + "\"vector\":[1.0,2.0],\"payload\":\"aGk=\",\"metadata\":{\"k\":\"v\"}}\n",
                shell.good("wal:get points a --json"));
    }

    @Test
    void storedTextCannotCommandTheTerminal() {
        shell.good("wal:create points --dimension 1");
        shell.log.append("points", List.of(Entry.vector("a\033[2Jb\n", 1)));
        assertTrue(shell.good("wal:tail points").contains("a\\u001b[2Jb\\u000a"));
    }

    @Test
    void tailEndsAtTheHead() {
        shell.good(
                "wal:create points --dimension 2; wal:append points a --vector 1,2 --metadata k=v; wal:delete points a");
        assertEquals("""
                         1  put     a                 1970-01-01T00:00:01Z      dimension=2  k=v
                         2  delete  a                 1970-01-01T00:00:01Z
                """, shell.good("wal:tail points"));
        assertEquals(1, shell.good("wal:tail points --from 2").lines().count());
        assertEquals(
                "{\"sequence\":2,\"operation\":\"delete\",\"id\":\"a\",\"timestamp\":\"1970-01-01T00:00:01Z\"}\n",
                shell.good("wal:tail points --from 2 --json"));
        assertEquals("", shell.good("wal:tail points --from 3"));
    }

    @Test
    void followingEndsCleanlyWhenItIsInterrupted() throws Exception {
        shell.good("wal:create points --dimension 1; wal:append points a --vector 1");
        CompletableFuture<Integer> tail = CompletableFuture.supplyAsync(() -> shell.run("wal:tail points --follow"));
        while (!shell.out().contains("  a  ")) {
            Thread.onSpinWait();
        }
        shell.log.append("points", List.of(Entry.vector("later", 1)));
        while (!shell.out().contains("later")) {
            Thread.onSpinWait();
        }
        shell.stop();
        assertEquals(0, tail.get(10, TimeUnit.SECONDS));
        assertEquals("", shell.err());
    }

    @Test
    void statusShowsLogsAndCollections() {
        shell.good("wal:create points --dimension 1; wal:append points a --vector 1");
        assertEquals("""
                log default: open, url=mem:default, serializer=avro, strategy=append
                  in flight 1 B of 3 B (held back from 2 B), memory 4 B of 6 B (held back from 5 B), appends held back 7
                  COLLECTION  STATE  EPOCH  SEQUENCE  FLUSHED  LIVE  MEMORY  SEGMENT   BYTES  RECOVERY
                  points      open       1         1        0     1  1.2 MB        1  2.0 kB  torn-tail, 3 entries in 5 ms
                  points recovery: cut off at offset=100
                """, shell.good("wal:status"));
        assertTrue(shell.good("wal:status --json").contains("\"verdict\":\"torn-tail\""));
    }

    @Test
    void snapshotSaysHowFarItReaches() {
        shell.good("wal:create points --dimension 3");
        shell.good("wal:append points a --vector 1,2,3");
        assertEquals("snapshot of the live entries up to sequence 1\n", shell.good("wal:snapshot points"));
        assertEquals("flushed up to sequence 1\n", shell.good("wal:flush points"));
    }

    @Test
    void rollNamesTheSealedSegment() {
        shell.good("wal:create points --dimension 1");
        assertEquals("nothing to seal: the active segment holds no entry\n", shell.good("wal:roll points"));
        shell.good("wal:append points a --vector 1");
        assertEquals("sealed wal_00000001_20250628142000.avro\n", shell.good("wal:roll points"));
    }

    @Test
    void dropRemovesTheCollection() {
        shell.good("wal:create points --dimension 1");
        assertEquals("dropped points\n", shell.good("wal:drop points"));
        assertTrue(shell.log.find("points").isEmpty());
    }

    @Test
    void everyCommandExplainsItself() {
        for (String name : ShellComponent.commands(shell.logs, List.of(), new FileSystems(), new FileKinds())
                .keySet()) {
            String usage = shell.good("wal:" + name + " --help");
            assertTrue(usage.startsWith("Usage: wal:" + name), usage);
            assertTrue(usage.contains("Example"), usage);
            assertTrue(usage.lines().allMatch(line -> line.length() <= 100), usage);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    wal:create ../x --dimension 3 | wal:create: not a collection name
                    wal:create n --dimension 0 | wal:create: dimension out of range, expected 1 to 65536, dimension=0
                    wal:create n --dimension x | wal:create: Invalid value for option '--dimension': 'x' is not an int
                    wal:create n --dimension 1 --metric far | wal:create: Invalid value for option '--metric'
                    wal:create n | wal:create: Error: Missing required argument
                    wal:create points --dimension 3 | wal:create: collection exists, name=points, log=default
                    wal:append points a --vector 1,2 | wal:append: wrong dimension, expected=3, actual=2, id=a
                    wal:append points a --vector 1,NaN,3 | wal:append: component is not finite, value=NaN, index=1, id=a
                    wal:append points a --vector 1,x,3 | wal:append: component is not a number, value=x, index=1
                    wal:append points a | wal:append: Error: Missing required argument
                    wal:append points '' --vector 1,2,3 | wal:append: empty id, expected 1 to 512 bytes
                    wal:append points a --vector 1,2,3 --metadata x | wal:append: not metadata, expected K=V or K:=V
                    wal:append points a --vector 1,2,3 --ttl soon | wal:append: not a duration
                    wal:append ../x a --vector 1 | wal:append: not a collection name
                    wal:append none a --vector 1 | wal:append: collection not found, name=none, log=default
                    wal:get none a | wal:get: collection not found, name=none, log=default
                    wal:get points a | wal:get: not found, id=a, collection=points
                    wal:tail none | wal:tail: collection not found
                    wal:roll none | wal:roll: collection not found
                    wal:drop none | wal:drop: collection not found
                    wal:drop ../points | wal:drop: not a collection name
                    wal:describe none | wal:describe: collection not found
                    wal:update none --owner x | wal:update: collection not found
                    wal:update points | wal:update: nothing to change
                    wal:delete points '' | wal:delete: empty id
                    wal:search points --vector 1,2,3 -k 0 | wal:search: k out of range, expected 1 to 10000, k=0
                    wal:search points --vector 1,2,3 -k 10001 | wal:search: k out of range
                    wal:search none --vector 1,2,3 | wal:search: collection not found
                    wal:search points | wal:search: Error: Missing required argument
                    wal:list --jsn | wal:list: Unknown option: '--jsn'
                    wal:list --log other --wait 0 | wal:list: no such log, log=other, logs=default
                    wal:status --log other | wal:status: no such log, log=other, logs=default
                    wal:nothing | Command not found: wal:nothing
                    wal:list ' | syntax error
                    """)
    void badInputIsToldInOneLine(String line, String message) {
        shell.good("wal:create points --dimension 3; wal:append points near --vector 1,2,4");
        String said = shell.bad(line);
        assertTrue(said.startsWith(message), said);
    }

    @Test
    void idOver512BytesIsRefused() {
        shell.good("wal:create points --dimension 1");
        String said = shell.bad("wal:append points " + "ä".repeat(257) + " --vector 1");
        assertTrue(said.startsWith("wal:append: id too long, bytes=514, limit=512"), said);
    }

    @Test
    void allCommandsOfALineAreRun() {
        assertEquals(1, shell.run("wal:create a --dimension 1; wal:drop none; wal:create b --payloads"));
        assertEquals(2, shell.log.list().size());
        assertEquals("wal:drop: collection not found, name=none, log=default\n", shell.err());
    }
}
