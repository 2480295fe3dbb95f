package org.seawall.filesystem.common;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.CountDownLatch;

/** One call on a confined thread, for which another thread waits. */
final class ConfinedCall<T> implements Runnable {

    private final Retries.Request<T> body;
    private final CountDownLatch ended = new CountDownLatch(1);
    private Thread runner;
    private boolean taken;
    private T answer;
    private Throwable failure;

    ConfinedCall(Retries.Request<T> body) {
        this.body = body;
    }

    @Override
    public void run() {
        if (!take(Thread.currentThread())) {
            return;
        }
        try {
            answer = body.send();
        } catch (Throwable e) {
            failure = e;
        } finally {
            leave();
            ended.countDown();
        }
    }

    /** Lets a call end that was never begun. */
    void refuse(IOException reason) {
        if (take(null)) {
            failure = reason;
            ended.countDown();
        }
    }

    private synchronized boolean take(Thread thread) {
        if (taken) {
            return false;
        }
        taken = true;
        runner = thread;
        return true;
    }

    private synchronized void leave() {
        runner = null;
    }

    private synchronized void interrupt() {
        if (runner != null) {
            runner.interrupt();
        }
    }

    T outcome() throws IOException {
        boolean interrupted = false;
        while (true) {
            try {
                ended.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return answered();
    }

    T outcomeUnlessInterrupted() throws IOException {
        try {
            ended.await();
            return answered();
        } catch (InterruptedException e) {
            InterruptedIOException stopped = new InterruptedIOException("interrupted while the store was read");
            stopped.initCause(e);
            refuse(stopped);
            interrupt();
            try {
                outcome();
            } catch (IOException | RuntimeException late) {
                stopped.addSuppressed(late);
            }
            Thread.currentThread().interrupt();
            throw stopped;
        }
    }

    private T answered() throws IOException {
        if (failure instanceof IOException e) {
            throw e;
        }
        if (failure instanceof RuntimeException e) {
            throw e;
        }
        if (failure instanceof Error e) {
            throw e;
        }
        return answer;
    }
}
