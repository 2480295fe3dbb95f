package org.seawall.core.engine;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.seawall.filesystem.local.LocalFileSystem;
import org.seawall.spi.filesystem.Location;
import org.seawall.spi.strategy.WriteStrategy;
import org.seawall.strategy.append.AppendStrategy;
import org.seawall.strategy.object.ObjectStrategy;
import org.seawall.testkit.Crashes;
import org.seawall.testkit.Scenario;
import org.seawall.testkit.Storage;

/**
 * The power goes at every single operation of a log's life, with several draws of what survives. What was acknowledged is
 * recovered, in order, whole batches, and nothing that was not submitted; what was recovered is not lost by a second crash.
 */
class PowerLossTest {
    @TempDir
    Path directory;

    static WriteStrategy[] strategies() {
        return new WriteStrategy[] {new AppendStrategy(), new ObjectStrategy()};
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void atEveryStep(WriteStrategy strategy, TestReporter reporter) {
        report(reporter, Crashes.everyStep(new BatchLogScenario(strategy)));
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void atEveryStepAndRecoveredWithAnotherSerializer(WriteStrategy strategy, TestReporter reporter) {
        report(reporter, Crashes.everyStep(BatchLogScenario.fromProtobufToAvro(strategy)));
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void atEveryStepWhileTheSerializerChanges(WriteStrategy strategy, TestReporter reporter) {
        report(reporter, new Crashes(Storage::inMemory, 4).steps(BatchLogScenario.changingSerializers(strategy)));
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void atEveryStepWhileTheSessionChanges(WriteStrategy strategy, TestReporter reporter) {
        report(reporter, new Crashes(Storage::inMemory, 4).steps(BatchLogScenario.changingSessions(strategy)));
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void afterAFailureOfEveryOperationWhileTheSessionChanges(WriteStrategy strategy, TestReporter reporter) {
        report(reporter, new Crashes(Storage::inMemory, 4).failures(BatchLogScenario.changingSessions(strategy)));
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void atEveryStepOfARecovery(WriteStrategy strategy, TestReporter reporter) {
        report(reporter, new Crashes(Storage::inMemory, 4).stepsOfRecovery(new BatchLogScenario(strategy)));
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void afterAFailureOfEveryOperation(WriteStrategy strategy, TestReporter reporter) {
        report(reporter, Crashes.everyFailure(new BatchLogScenario(strategy)));
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void atEveryStepOnALocalDisk(WriteStrategy strategy, TestReporter reporter) {
        Scenario<?> scenario = new BatchLogScenario(strategy);
        AtomicInteger runs = new AtomicInteger();
        Crashes crashes = new Crashes(() -> local(directory.resolve("run" + runs.incrementAndGet())), 2);
        report(reporter, crashes.steps(scenario));
    }

    private static Storage local(Path home) {
        assertTrue(Files.notExists(home));
        return new Storage(new LocalFileSystem(4096), Location.parse(home.toString()));
    }

    private static void report(TestReporter reporter, long states) {
        reporter.publishEntry("crash states", Long.toString(states));
        System.out.println("crash states: " + states);
        assertTrue(states > 50, () -> "states=" + states);
    }
}
