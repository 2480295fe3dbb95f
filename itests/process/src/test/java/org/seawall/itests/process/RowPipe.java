package org.seawall.itests.process;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/** A pipe that a process ingests, into which rows r1, r2, … of three components go until it is closed. */
final class RowPipe {
    private final Path pipe;
    private volatile boolean closing;
    private CompletableFuture<Long> written = CompletableFuture.completedFuture(0L);

    private RowPipe(Path pipe) {
        this.pipe = pipe;
    }

    static RowPipe at(Path pipe) throws IOException {
        Tools.run("mkfifo", pipe.toString());
        return new RowPipe(pipe);
    }

    Path pipe() {
        return pipe;
    }

    /** Begins to write, as fast as the process takes it. */
    void open() {
        written = CompletableFuture.supplyAsync(this::write);
    }

    /** Lets the process find the end of the file, and tells how many rows are before it. */
    long close() {
        closing = true;
        return written.join();
    }

    private long write() {
        long rows = 0;
        try (BufferedWriter out = Files.newBufferedWriter(pipe)) {
            while (!closing) {
                rows++;
                out.write("{\"id\":\"r" + rows + "\",\"vector\":[" + rows % 7 + "," + rows % 11 + ",1]}\n");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return rows;
    }
}
