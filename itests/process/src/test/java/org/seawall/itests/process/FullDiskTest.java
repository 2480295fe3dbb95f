package org.seawall.itests.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * A disk that is full, and has room again: a line says so, nothing that was acknowledged is lost, and the log goes on by
 * itself.
 */
@Execution(ExecutionMode.CONCURRENT)
class FullDiskTest {
    private static final String FULL = "No space left on device";
    private static final int MEGABYTES = 8;

    @BeforeAll
    static void need() throws IOException {
        Needs.mount();
    }

    @Test
    void anIngestEndsAndResumesWhenThereIsRoom() throws Exception {
        Seawall seawall = Seawall.at("full-ingest");
        try (SmallDisk disk = SmallDisk.mount(seawall.file("disk"), MEGABYTES);
                Interrupted ingest = Interrupted.begin(seawall, disk.root(), 16_000)) {
            // and the megabyte that is written ahead in the segment, half of what is to come
            disk.fillUpTo(300_000);
            JsonNode failed = ingest.untilItFails();
            assertFailed(failed);
            String error = ingest.error();
            assertTrue(error.startsWith("wal:ingest: ") && error.contains(FULL + "; "), error);
            ingest.running()
                    .awaitWhileAlive(
                            "it tried", () -> seawall.logged("collection not recovered yet") || ingest.hasRecovered());
            disk.makeRoom();
            ingest.resume(failed.get("activeSegment").longValue());
        }
    }

    @Test
    void aSnapshotIsNotTakenAndTheLogGoesOn() throws Exception {
        Seawall seawall = Seawall.at("full-snapshot");
        try (SmallDisk disk = SmallDisk.mount(seawall.file("disk"), MEGABYTES);
                Conversation talk = Conversation.start(
                        seawall,
                        disk.root(),
                        List.of("wal:snapshot v", "wal:append v during --payload x"),
                        List.of("wal:snapshot v", "wal:append v after --payload x"))) {
            disk.fillUpTo(200_000);
            assertEquals("open", Printed.status(talk.failing()).get("state").textValue());
            assertComplaints(talk, "wal:snapshot: snapshot not taken, the log goes on, ");
            assertEquals(List.of(), files(disk, ".tmp"));
            disk.makeRoom();
            assertEquals(List.of("before", "during", "after"), talk.working());
            assertEquals(1, files(disk, "vectors_snapshot.avro").size());
        }
    }

    @Test
    void aRollFailsAndTheLogGoesOnWhenThereIsRoom() throws Exception {
        Seawall seawall = Seawall.at("full-roll");
        try (SmallDisk disk = SmallDisk.mount(seawall.file("disk"), MEGABYTES);
                Conversation talk = Conversation.start(
                        seawall,
                        disk.root(),
                        List.of("wal:roll v"),
                        List.of("wal:append v after --payload x", "wal:roll v"))) {
            disk.fillUpTo(0);
            assertFailed(Printed.status(talk.failing()));
            assertComplaints(talk, "wal:roll: ");
            disk.makeRoom();
            talk.running()
                    .awaitWhileAlive(
                            "it recovered", () -> seawall.logged("collection recovered after a failure, collection=v"));
            assertEquals(List.of("before", "after"), talk.working());
        }
    }

    @Test
    void aChangeOfTheCatalogIsNotMadeAndTheCatalogGoesOnWhenThereIsRoom() throws Exception {
        Seawall seawall = Seawall.at("full-catalog");
        try (SmallDisk disk = SmallDisk.mount(seawall.file("disk"), MEGABYTES);
                Conversation talk = Conversation.start(
                        seawall,
                        disk.root(),
                        List.of("wal:create w --payloads", "wal:update v --owner ops"),
                        List.of(
                                "wal:create w --payloads",
                                "wal:update v --owner sea",
                                "wal:append v after --payload x"))) {
            disk.fillUpTo(0);
            String detail = talk.failing().get("detail").textValue();
            assertTrue(detail.startsWith("catalog takes no changes") && detail.contains(FULL), detail);
            assertComplaints(talk, "wal:create: ", "wal:update: ");
            disk.makeRoom();
            talk.running().awaitWhileAlive("the catalog goes on", () -> seawall.loggedTimes("catalog goes on") > 0);
            assertEquals(List.of("before", "after"), talk.working());
        }
    }

    private static void assertFailed(JsonNode collection) {
        assertEquals("failed", collection.get("state").textValue());
        assertTrue(collection.get("detail").textValue().contains(FULL), collection::toString);
    }

    private static void assertComplaints(Conversation talk, String... begins) {
        List<String> complaints = talk.running().complaints();
        assertEquals(begins.length, complaints.size(), complaints::toString);
        for (int i = 0; i < begins.length; i++) {
            String complaint = complaints.get(i);
            assertTrue(complaint.startsWith(begins[i]) && complaint.contains(FULL), complaint);
        }
    }

    private static List<Path> files(SmallDisk disk, String end) throws IOException {
        try (Stream<Path> files = Files.walk(disk.root())) {
            return files.filter(file -> file.toString().endsWith(end)).toList();
        }
    }
}
