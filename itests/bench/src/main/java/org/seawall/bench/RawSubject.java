package org.seawall.bench;

import com.sun.nio.file.ExtendedOpenOption;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.seawall.bench.harness.Cell;
import org.seawall.bench.harness.Subject;

/** Nothing but write and force, with group commit among the writers: what the disk can do. */
final class RawSubject implements Subject {
    /** How the file is written. */
    enum Kind {
        /** It becomes longer with every write. */
        GROW,
        /** It was filled with zeroes before, and begins again at its end. */
        ZERO,
        /** The same past the system's memory, in whole blocks. */
        DIRECT
    }

    private static final int BLOCK = 4096;
    private static final int ZEROED_BYTES = 256 << 20;
    private static final int MAX_GROUP_BYTES = 8 << 20;

    private final Kind kind;
    private final List<CompletableFuture<Void>> waiting = new ArrayList<>();
    private final ByteBuffer aligned =
            ByteBuffer.allocateDirect(MAX_GROUP_BYTES + 2 * BLOCK).alignedSlice(BLOCK);
    private byte[] batch;
    private FileChannel channel;
    private CompletableFuture<Void> ended;
    private long position;
    private boolean closing;

    RawSubject(Kind kind) {
        this.kind = kind;
    }

    @Override
    public String name() {
        return "raw-" + kind.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public void open(Path directory, Cell cell) throws Exception {
        if (batch == null) {
            batch = new byte[(int) SeawallSubject.batchBytes(Work.of(new Cell(cell.work(), 1, 1), 1)) * cell.batch()];
            new Random(1).nextBytes(batch);
        }
        Path file = directory.resolve("raw");
        if (kind != Kind.GROW) {
            zero(file);
        }
        channel = kind == Kind.DIRECT ? open(file, ExtendedOpenOption.DIRECT) : open(file, StandardOpenOption.CREATE);
        position = 0;
        closing = false;
        ended = new CompletableFuture<>();
        Thread committer = new Thread(this::commit, "raw-commit");
        committer.start();
    }

    private static FileChannel open(Path file, OpenOption option) throws IOException {
        return FileChannel.open(file, StandardOpenOption.WRITE, option);
    }

    private static void zero(Path file) throws IOException {
        try (FileChannel zeroed = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            ByteBuffer zeroes = ByteBuffer.allocateDirect(1 << 20);
            while (zeroed.position() < ZEROED_BYTES) {
                zeroed.write(zeroes.clear());
            }
            zeroed.force(true);
        }
    }

    @Override
    public void append(int number) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        synchronized (waiting) {
            waiting.add(done);
            waiting.notifyAll();
        }
        done.join();
    }

    private void commit() {
        for (List<CompletableFuture<Void>> group = take(); !group.isEmpty(); group = take()) {
            List<CompletableFuture<Void>> taken = group;
            try {
                write(taken.size());
                channel.force(false);
                taken.forEach(done -> done.complete(null));
            } catch (IOException e) {
                taken.forEach(done -> done.completeExceptionally(e));
            }
        }
        ended.complete(null);
    }

    private List<CompletableFuture<Void>> take() {
        synchronized (waiting) {
            while (waiting.isEmpty() && !closing) {
                try {
                    waiting.wait();
                } catch (InterruptedException e) {
                    return List.of();
                }
            }
            int count = Math.min(waiting.size(), Math.max(1, MAX_GROUP_BYTES / batch.length));
            List<CompletableFuture<Void>> group = new ArrayList<>(waiting.subList(0, count));
            waiting.subList(0, count).clear();
            return group;
        }
    }

    private void write(int batches) throws IOException {
        ByteBuffer group = aligned.duplicate().clear();
        for (int i = 0; i < batches; i++) {
            group.put(batch);
        }
        if (kind == Kind.DIRECT) {
            group.position((group.position() + BLOCK - 1) / BLOCK * BLOCK);
        }
        group.flip();
        if (kind != Kind.GROW && position + group.remaining() > ZEROED_BYTES) {
            position = 0;
        }
        while (group.hasRemaining()) {
            position += channel.write(group, position);
        }
    }

    @Override
    public long batchBytes() {
        return batch.length;
    }

    @Override
    public void close() throws IOException {
        synchronized (waiting) {
            closing = true;
            waiting.notifyAll();
        }
        ended.join();
        channel.close();
    }
}
