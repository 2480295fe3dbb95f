package org.seawall.core.catalog;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.seawall.core.catalog.MoveScenario.Side;
import org.seawall.strategy.append.AppendStrategy;
import org.seawall.strategy.object.ObjectStrategy;
import org.seawall.testkit.Crashes;
import org.seawall.testkit.MemoryFileSystem;
import org.seawall.testkit.Storage;

/** The power goes, a process dies, or an operation fails at every step of a move: it goes on by itself, and nothing is lost. */
class MoveCrashTest {
    private static final int SEEDS = 4;

    /** From one kind of place to another: with files that grow and locks, with objects and locks, with objects alone. */
    static Stream<List<Side>> ways() {
        return Stream.of(
                List.of(append("old"), append("new")),
                List.of(append("old"), objects("new")),
                List.of(objects("old"), append("new")),
                List.of(objects("old"), objects("new")),
                List.of(append("old"), lockedObjects("new")),
                List.of(lockedObjects("old"), append("new")));
    }

    private static Side append(String name) {
        return new Side(name, new AppendStrategy(), true);
    }

    private static Side objects(String name) {
        return new Side(name, new ObjectStrategy(Runnable::run), false);
    }

    private static Side lockedObjects(String name) {
        return new Side(name, new ObjectStrategy(Runnable::run), true);
    }

    private static Storage disk() {
        return new Storage(MemoryFileSystem.disk(), Storage.inMemory().directory());
    }

    private static MoveScenario scenario(List<Side> way) {
        return new MoveScenario(
                way.get(0), way.get(1), Clock.fixed(Instant.parse("2025-06-28T14:20:00Z"), ZoneOffset.UTC));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void atEveryStepItGoesOnByItself(List<Side> way) {
        print("steps", way, new Crashes(MoveCrashTest::disk, SEEDS).steps(scenario(way)));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void whateverFailsItIsTriedAgainAndAppendsGoOn(List<Side> way) {
        print("failures", way, new Crashes(MoveCrashTest::disk, SEEDS).failures(scenario(way)));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void aProcessThatDiesIsFollowedByOneThatEndsTheMove(List<Side> way) {
        print("deaths", way, new Crashes(MoveCrashTest::disk, SEEDS).deaths(scenario(way)));
    }

    private static void print(String what, List<Side> way, long states) {
        System.out.println("move, " + what + ", crash states: " + states + ", way=" + way);
        assertTrue(states > 100, "a move has more steps than that");
    }
}
