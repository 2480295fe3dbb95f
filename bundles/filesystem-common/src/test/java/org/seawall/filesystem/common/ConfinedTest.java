package org.seawall.filesystem.common;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

class ConfinedTest {

    private final Confined confined =
            confined(4, Duration.ofSeconds(5), getClass().getClassLoader());

    private static Confined confined(int most, Duration grace, ClassLoader loader) {
        return new Confined("seawall-filesystem-test", most, grace, loader);
    }

    @Test
    void callsRunOnDaemonsOfTheBundleWithItsLoader() throws IOException {
        ClassLoader loader = new URLClassLoader(new URL[0]);
        try (Confined own = confined(1, Duration.ofSeconds(5), loader)) {
            Thread thread = own.change(Thread::currentThread);
            assertTrue(thread.isDaemon());
            assertSame(loader, thread.getContextClassLoader());
            assertEquals("seawall-filesystem-test-1", thread.getName());
        }
    }

    @Test
    void theThreadEndsWithTheFileSystemAndNoCallBeginsAfterwards() throws Exception {
        Thread thread = confined.read(Thread::currentThread);
        confined.close();
        thread.join();
        assertFalse(thread.isAlive());
        assertThrows(IOException.class, () -> confined.read(() -> 1));
        confined.close();
    }

    @Test
    void whatACallThrowsTheCallerGets() {
        IOException failure = new IOException("broken");
        assertSame(
                failure,
                assertThrows(
                        IOException.class,
                        () -> confined.change(() -> {
                            throw failure;
                        })));
        assertThrows(
                IllegalStateException.class,
                () -> confined.read(() -> {
                    throw new IllegalStateException();
                }));
        assertThrows(
                StackOverflowError.class,
                () -> confined.read(() -> {
                    throw new StackOverflowError();
                }));
    }

    @Test
    void anInterruptedCallerGetsTheOutcomeOfItsChange() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        FutureTask<Boolean> caller = new FutureTask<>(() -> {
            String outcome = confined.change(() -> {
                begun.countDown();
                await(goOn);
                return "done";
            });
            return outcome.equals("done") && Thread.interrupted();
        });
        Thread thread = new Thread(caller);
        thread.start();
        begun.await();
        thread.interrupt();
        goOn.countDown();
        assertTrue(caller.get(), "the outcome, and the interrupt");
    }

    @Test
    void anInterruptedReaderLearnsItWhenItsReadHasEnded() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        FutureTask<Long> caller = new FutureTask<>(() -> {
            try {
                return confined.read(() -> {
                    begun.countDown();
                    try {
                        await(new CountDownLatch(1));
                        return 1L;
                    } finally {
                        ended.countDown();
                    }
                });
            } catch (InterruptedIOException e) {
                assertEquals(0, ended.getCount(), "the read goes on behind its caller");
                assertTrue(Thread.interrupted(), "the interrupt is still there");
                throw e;
            }
        });
        Thread thread = new Thread(caller);
        thread.start();
        begun.await();
        thread.interrupt();
        ExecutionException failed = assertThrows(ExecutionException.class, caller::get);
        assertInstanceOf(InterruptedIOException.class, failed.getCause());
    }

    @Test
    void whatDoesNotEndAtCloseIsInterruptedAndWhatWaitsIsRefused() throws Exception {
        Confined one = confined(1, Duration.ofMillis(1), getClass().getClassLoader());
        CountDownLatch begun = new CountDownLatch(1);
        FutureTask<Object> running = begin(one, begun);
        begun.await();
        CountDownLatch never = new CountDownLatch(1);
        FutureTask<Object> waiting = begin(one, never);
        while (one.waiting() == 0) {
            Thread.onSpinWait();
        }
        one.close();
        assertInstanceOf(
                InterruptedIOException.class,
                assertThrows(ExecutionException.class, running::get).getCause());
        assertInstanceOf(
                IOException.class,
                assertThrows(ExecutionException.class, waiting::get).getCause());
        assertEquals(1, never.getCount(), "it has begun");
    }

    private static FutureTask<Object> begin(Confined confined, CountDownLatch begun) {
        FutureTask<Object> caller = new FutureTask<>(() -> confined.change(() -> {
            begun.countDown();
            await(new CountDownLatch(1));
            return 1;
        }));
        new Thread(caller).start();
        return caller;
    }

    private static void await(CountDownLatch latch) throws InterruptedIOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            InterruptedIOException interrupted = new InterruptedIOException();
            interrupted.initCause(e);
            throw interrupted;
        }
    }
}
