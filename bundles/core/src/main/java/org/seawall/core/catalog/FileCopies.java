package org.seawall.core.catalog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.IntConsumer;
import org.seawall.spi.filesystem.FileInfo;

/**
 * Copies many files: small ones several at a time, so that the way to an object store and back is not waited for once for each,
 * a large one alone, so that what is in memory stays bounded.
 */
final class FileCopies {
    private static final long SMALL_BYTES = 1 << 20;
    private static final int AT_ONCE = 16;

    /** Copies one file. */
    interface Copy {
        /** Whether it was copied; false to end it all, since something else has to be done first. */
        boolean file(FileInfo file) throws IOException;
    }

    private final Copy copy;
    private final Executor threads;
    private final IntConsumer progress;
    private final Deque<CompletableFuture<Boolean>> underWay = new ArrayDeque<>();

    /**
     * For one thread.
     *
     * @param copy copies one, for several threads
     * @param threads copy the small ones
     * @param progress is told how many were copied or begun
     */
    FileCopies(Copy copy, Executor threads, IntConsumer progress) {
        this.copy = copy;
        this.threads = threads;
        this.progress = progress;
    }

    /**
     * Copies them all. On return no copy is under way any more.
     *
     * @param files in this order, as far as one waits for another
     * @return whether all were copied
     * @throws IOException the first failure; others may have been copied
     */
    boolean all(List<FileInfo> files) throws IOException {
        try {
            boolean went = true;
            for (int i = 0; went && i < files.size(); i++) {
                progress.accept(i);
                went = next(files.get(i));
            }
            while (!underWay.isEmpty()) {
                went &= first();
            }
            return went;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } finally {
            underWay.forEach(one -> one.handle((went, failure) -> went).join());
            underWay.clear();
        }
    }

    private boolean next(FileInfo file) throws IOException {
        boolean went = true;
        boolean small = file.size() <= SMALL_BYTES;
        while (underWay.size() >= (small ? AT_ONCE : 1)) {
            went &= first();
        }
        if (went && small) {
            underWay.add(CompletableFuture.supplyAsync(() -> copied(file), threads));
            return true;
        }
        return went && copy.file(file);
    }

    private boolean copied(FileInfo file) {
        try {
            return copy.file(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean first() {
        try {
            return underWay.remove().join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }
}
