package org.seawall.events;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.seawall.CollectionStatus;
import org.seawall.LogState;
import org.seawall.LogStatus;
import org.seawall.LogUsage;
import org.seawall.Recovery;
import org.seawall.RecoveryProgress;

class HappeningTest {
    @Test
    void theFirstLookTellsTheState() {
        Happening first = Happening.between(Optional.empty(), log(LogState.WAITING, "for a file system"))
                .get(0);
        assertEquals("org/seawall/log/WAITING", first.topic());
        assertEquals("main", first.properties().get("log.name"));
        assertEquals("for a file system", first.properties().get("detail"));
    }

    @Test
    void aStateIsToldOnce() {
        assertEquals(List.of(), topics(log(LogState.FAILED, "a"), log(LogState.FAILED, "b")));
        assertEquals(
                List.of("org/seawall/log/OPEN"),
                topics(log(LogState.RECOVERING, ""), log(LogState.OPEN, "", collection("1", LogState.OPEN))));
    }

    @Test
    void collectionsAreToldByTheirIdsWhileTheLogIsOpen() {
        CollectionStatus one = collection("1", LogState.OPEN);
        CollectionStatus two = collection("2", LogState.OPEN);
        CollectionStatus failed = collection("2", LogState.FAILED);
        assertEquals(
                List.of("org/seawall/collection/DROPPED 1", "org/seawall/collection/CREATED 2"),
                told(log(LogState.OPEN, "", one), log(LogState.OPEN, "", two)));
        assertEquals(
                List.of("org/seawall/collection/FAILED 2"),
                told(log(LogState.OPEN, "", two), log(LogState.OPEN, "", failed)));
        assertEquals(List.of("org/seawall/log/CLOSED"), topics(log(LogState.OPEN, "", one), log(LogState.CLOSED, "")));
    }

    private static List<String> topics(LogStatus before, LogStatus after) {
        return between(before, after).map(Happening::topic).toList();
    }

    private static List<String> told(LogStatus before, LogStatus after) {
        return between(before, after)
                .map(one -> one.topic() + " " + one.properties().get("collection.id"))
                .toList();
    }

    private static Stream<Happening> between(LogStatus before, LogStatus after) {
        return Happening.between(Optional.of(before), after).stream();
    }

    private static LogStatus log(LogState state, String detail, CollectionStatus... collections) {
        return new LogStatus(
                "main", state, detail, "file:/wal", "avro", "append", LogUsage.none(), List.of(), List.of(collections));
    }

    private static CollectionStatus collection(String id, LogState state) {
        return new CollectionStatus(
                "c",
                id,
                "file:/wal",
                state,
                "",
                1,
                0,
                0,
                0,
                1,
                0,
                0,
                new Recovery(Recovery.Verdict.COMPLETE, "", 0, 0, 0, 0, 0),
                new RecoveryProgress(0, 0));
    }
}
