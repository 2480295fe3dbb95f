package org.seawall.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.seawall.LogMonitor;
import org.seawall.LogState;
import org.seawall.LogStatus;
import org.seawall.WriteAheadLog;

class LogsTest {
    private static final Duration LONG = Duration.ofMinutes(5);

    private final Logs logs = new Logs();

    @Test
    void theOneNamedDefaultIsMeant() throws Exception {
        MemoryLog other = add("a");
        MemoryLog standard = add("default");
        assertSame(standard, logs.log(Optional.empty(), Duration.ZERO));
        assertSame(other, logs.log(Optional.of("a"), Duration.ZERO));
    }

    @Test
    void elseTheOnlyOneIsMeant() throws Exception {
        MemoryLog only = add("a");
        assertSame(only, logs.log(Optional.empty(), Duration.ZERO));
    }

    @Test
    void ofSeveralOneHasToBeNamed() {
        add("a");
        add("b");
        assertEquals("several logs, name one with --log, logs=a,b", refused(Optional.empty(), LONG));
    }

    @Test
    void anUnknownNameIsAnsweredWithTheKnownOnes() {
        add("a");
        assertEquals("no such log, log=x, logs=a", refused(Optional.of("x"), Duration.ZERO));
    }

    @Test
    void withoutAnyLogThatIsSaid() {
        assertEquals("no log is configured", refused(Optional.empty(), Duration.ZERO));
    }

    /** A log is closed for a moment while its configuration changes. */
    @ParameterizedTest
    @EnumSource(names = {"WAITING", "RECOVERING", "CLOSED"})
    void aLogOnItsWayIsWaitedFor(LogState state) throws Exception {
        MemoryLog log = new MemoryLog("default");
        log.state(state);
        CountDownLatch looked = new CountDownLatch(1);
        LogMonitor monitor = () -> {
            looked.countDown();
            return log.status();
        };
        logs.addMonitor("default", monitor);
        CompletableFuture<WriteAheadLog> found = CompletableFuture.supplyAsync(() -> {
            try {
                return logs.log(Optional.empty(), LONG);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        looked.await(10, TimeUnit.SECONDS);
        logs.addLog(log);
        assertSame(log, found.get(10, TimeUnit.SECONDS));
    }

    @Test
    void whatTakesTooLongIsTold() {
        monitor(LogState.WAITING);
        assertEquals(
                "log is not open, state=waiting, detail=no serializer avro, log=default",
                refused(Optional.empty(), Duration.ofMillis(1)));
    }

    @Test
    void aLogThatFailedIsNotWaitedFor() {
        monitor(LogState.UNAVAILABLE);
        assertEquals(
                "log is not open, state=unavailable, detail=no serializer avro, log=default",
                refused(Optional.empty(), LONG));
    }

    @Test
    void aLogThatWentIsNotFound() {
        MemoryLog log = add("a");
        logs.removeLog(log);
        assertEquals("no log is configured", refused(Optional.empty(), Duration.ZERO));
    }

    @Test
    void aLogThatIsReplacedStaysFound() throws Exception {
        MemoryLog old = add("a");
        MemoryLog replacement = add("a");
        logs.removeLog(old);
        assertSame(replacement, logs.log(Optional.of("a"), Duration.ZERO));
    }

    @Test
    void aMissingSearchIsTold() {
        add("a");
        assertEquals(
                "no search service, is org.seawall.viper active? log=a",
                assertThrows(CommandFailedException.class, () -> logs.search(Optional.empty(), Duration.ZERO))
                        .getMessage());
    }

    @Test
    void statusIsThatOfEveryLog() {
        monitor(LogState.RECOVERING);
        add("b");
        assertEquals(
                List.of("b", "default"),
                logs.status(Optional.empty()).stream().map(LogStatus::name).toList());
    }

    private void monitor(LogState state) {
        MemoryLog log = new MemoryLog("default");
        log.state(state);
        logs.addMonitor("default", log);
    }

    private MemoryLog add(String name) {
        MemoryLog log = new MemoryLog(name);
        logs.addLog(log);
        return log;
    }

    private String refused(Optional<String> name, Duration wait) {
        return assertThrows(CommandFailedException.class, () -> logs.log(name, wait))
                .getMessage();
    }
}
