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

    @Test
    void whatIsDoneToACollectionIsToldOnceALook() {
        CollectionStatus one = collection("1", 3, 1, 0);
        assertEquals(List.of(), told(log(LogState.OPEN, "", one), log(LogState.OPEN, "", one)));
        assertEquals(
                List.of("org/seawall/collection/SNAPSHOT 1"),
                told(log(LogState.OPEN, "", one), log(LogState.OPEN, "", collection("1", 3, 3, 0))));
        assertEquals(
                List.of("org/seawall/collection/COMPACTION 1"),
                told(log(LogState.OPEN, "", one), log(LogState.OPEN, "", collection("1", 3, 1, 1))));
    }

    @Test
    void aHigherEpochIsASessionThatCountsFromNothing() {
        CollectionStatus before = collection("1", 3, 5, 5);
        assertEquals(
                List.of("org/seawall/collection/SESSION 1"),
                told(log(LogState.OPEN, "", before), log(LogState.OPEN, "", collection("1", 4, 0, 0))));
        assertEquals(
                List.of("org/seawall/collection/SESSION 1", "org/seawall/collection/SNAPSHOT 1"),
                told(log(LogState.OPEN, "", before), log(LogState.OPEN, "", collection("1", 4, 1, 0))));
    }

    @Test
    void anotherSerializerOrStrategyIsASessionOfTheLog() {
        LogStatus avro = log(LogState.OPEN, "");
        LogStatus protobuf = new LogStatus(
                "main", LogState.OPEN, "", "file:/wal", "protobuf", "append", LogUsage.none(), List.of(), List.of());
        assertEquals(List.of("org/seawall/log/SESSION"), topics(avro, protobuf));
        Happening told = between(avro, protobuf).findFirst().orElseThrow();
        assertEquals("protobuf", told.properties().get("serializer"));
        assertEquals(List.of(), topics(log(LogState.WAITING, ""), log(LogState.WAITING, "")));
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
        return collection(id, state, 1, 0, 0);
    }

    private static CollectionStatus collection(String id, long epoch, long snapshots, long compactions) {
        return collection(id, LogState.OPEN, epoch, snapshots, compactions);
    }

    private static CollectionStatus collection(
            String id, LogState state, long epoch, long snapshots, long compactions) {
        return new CollectionStatus(
                "c",
                id,
                "file:/wal",
                state,
                "",
                epoch,
                0,
                0,
                0,
                0,
                1,
                0,
                0,
                snapshots,
                compactions,
                new Recovery(Recovery.Verdict.COMPLETE, "", 0, 0, 0, 0, 0),
                new RecoveryProgress(0, 0));
    }
}
