package org.seawall.itests.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Bundles that come while the process runs, and logs that wait for them. */
@Execution(ExecutionMode.CONCURRENT)
class ArrivalTest {
    private static final String DEFAULT = "org.seawall.log~default.cfg.json";

    /** It knows nothing of ours but what it implements, and comes into {@code deploy/} as a stranger's would. */
    @Test
    void aBundleThatIsDroppedIntoDeployServesALogThatWaitedForIt() throws Exception {
        Seawall seawall = Seawall.at("deploy");
        seawall.configure(DEFAULT, "{ \"wal.url\": \"file:${seawall.home}/data/wal\", \"serializer\": \"lines\" }");
        Running running = seawall.start(
                "wal:status",
                "wal:create v --payloads --wait 120",
                "wal:append v a --payload x",
                "wal:roll v",
                "wal:get v a");
        running.awaitOutput("waits for a serializer named lines");
        ThirdParty.LINES.deploy(seawall);
        Outcome outcome = running.awaitEnd().assertOk();
        assertTrue(
                outcome.out().stream().anyMatch(line -> line.contains("appended v, sequence=1, durable")),
                outcome::toString);

        // and in the next process it is there from the start
        assertTrue(
                seawall.run("wal:status", "wal:get v a").assertOk().out().get(0).contains("serializer=lines"));
    }

    /** Without a server behind it: what counts is that the file alone brings the bundle, at once and in the next process. */
    @Test
    void aConfigurationAloneBringsTheFileSystemOfAnObjectStore() throws Exception {
        Seawall seawall = Seawall.at("demand");
        seawall.configure(DEFAULT, "{ \"wal.url\": \"file:${seawall.home}/data/wal\" }");
        seawall.configure("org.seawall.log~store.cfg.json", "{ \"wal.url\": \"s3://bucket/prefix\" }");
        Gate gate = Gate.at(seawall.file("gate.jsonl"));
        Running running = seawall.start(
                Gate.CREATE, "wal:status --json --log store", gate.command(), "wal:status --json --log store");
        JsonNode before = running.awaitStatus(1);
        assertEquals("waiting", before.get("state").textValue());
        assertTrue(before.get("detail").textValue().startsWith("waits for a file system for s3:"), before::toString);
        assertEquals(0, brought(seawall));

        seawall.configure(
                "org.seawall.filesystem.s3~store.cfg.json",
                "{ \"endpoint\": \"http://127.0.0.1:9\", \"region\": \"us-east-1\", \"credentials\": \"static\","
                        + " \"accessKey\": \"a\", \"secretKey\": \"b\" }");
        running.awaitWhileAlive("the bundle came", () -> brought(seawall) == 1);
        gate.open();
        assertNotEquals("waiting", running.awaitStatus(2).get("state").textValue());
        running.kill();

        Running next = seawall.start("wal:create v --payloads", "wal:status --json --log store", gate.command());
        assertNotEquals("waiting", next.awaitStatus(1).get("state").textValue());
        next.kill();
        assertEquals(1, brought(seawall));
    }

    private static long brought(Seawall seawall) {
        return seawall.loggedTimes("bundle installed for its configuration, bundle=org.seawall.filesystem.s3");
    }
}
