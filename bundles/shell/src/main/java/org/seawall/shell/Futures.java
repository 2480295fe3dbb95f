package org.seawall.shell;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.seawall.SeawallException;
import org.seawall.SequenceRange;

/** The end of an append, as the caller's exception where it failed. */
final class Futures {
    private Futures() {}

    static SequenceRange await(CompletableFuture<SequenceRange> append) throws InterruptedException {
        try {
            return append.get();
        } catch (ExecutionException e) {
            throw failure(e);
        }
    }

    static RuntimeException failure(ExecutionException e) {
        if (e.getCause() instanceof SeawallException known) {
            return known;
        }
        return new CommandFailedException("append failed, cause=" + e.getCause(), e.getCause());
    }
}
