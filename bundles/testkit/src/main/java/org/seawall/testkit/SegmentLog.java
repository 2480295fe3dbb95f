package org.seawall.testkit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.seawall.SeawallException;
import org.seawall.spi.filesystem.FileInput;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;
import org.seawall.spi.strategy.SegmentFile;
import org.seawall.spi.strategy.SegmentLayout;
import org.seawall.spi.strategy.SegmentStore;
import org.seawall.spi.strategy.WriteStrategy;

/**
 * As much of a log as a write strategy needs to be tried: a segment is {@code [number]} and batches {@code <name:xxx>}, long
 * enough to lie in several sectors. Recovery checks what a log checks: sealed segments are whole and have their own name,
 * numbers have no gap, only the active one may end torn.
 */
final class SegmentLog {
    private static final Pattern BEGIN = Pattern.compile("\\[([0-9]+)]");
    private static final Pattern BATCH = Pattern.compile("<([a-z0-9]+):(x*)>");
    private static final int FILLER = 1300;

    private final FileSystem files;
    private final SegmentLayout layout;
    private final SegmentStore store;
    private final List<String> batches = new ArrayList<>();
    private int number;

    SegmentLog(WriteStrategy strategy, Storage storage) throws IOException {
        this.files = storage.files();
        this.layout = layout(storage.directory());
        this.store = strategy.open(files, layout);
    }

    static SegmentLayout layout(Location directory) {
        return new SegmentLayout(
                directory, directory.child("current"), directory.child("next"), directory.child("segments"));
    }

    static String name(int number) {
        return String.format("s%03d", number);
    }

    static ByteBuffer header(int number) {
        return bytes("[" + number + "]");
    }

    static ByteBuffer frame(String batch) {
        return bytes("<" + batch + ":" + "x".repeat(FILLER) + ">");
    }

    static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    static String text(FileSystem files, Location location) throws IOException {
        try (FileInput input = files.open(location)) {
            ByteBuffer content = ByteBuffer.allocate(Math.toIntExact(input.size()));
            input.read(0, content);
            return new String(content.array(), StandardCharsets.US_ASCII);
        }
    }

    SegmentStore store() {
        return store;
    }

    int number() {
        return number;
    }

    /** Reads all batches back and goes on behind them. */
    List<String> recover() throws IOException {
        for (SegmentFile segment : store.segments()) {
            // where segments grow under their names one may be there that was never appended to
            if (store.activeFile() || segment.size() > 0) {
                read(segment);
            }
        }
        return List.copyOf(batches);
    }

    private void read(SegmentFile segment) throws IOException {
        String text = text(files, segment.location());
        String content = segment.active() ? text.replaceAll("\0+$", "") : text;
        Matcher begin = BEGIN.matcher(content);
        require(begin.lookingAt(), "segment without its begin", segment, content);
        number++;
        require(begin.group(1).equals("" + number), "segments have a gap, expected=" + number, segment, content);
        require(segment.active() || segment.location().name().equals(name(number)), "misnamed", segment, content);
        int end = begin.end();
        Matcher batch = BATCH.matcher(content).region(end, content.length());
        while (batch.lookingAt() && batch.group(2).length() == FILLER) {
            batches.add(batch.group(1));
            end = batch.end();
            batch.region(end, content.length());
        }
        require(segment.active() || end == content.length(), "sealed segment is not whole", segment, content);
        if (segment.active()) {
            goOn(segment, end, content);
        }
    }

    private void goOn(SegmentFile segment, int end, String content) throws IOException {
        if (content.length() > end) {
            Location archive = layout.directory().child("archive");
            store.cutTail(
                    segment, end, archive.child("torn-" + files.list(archive).size()));
        }
        store.resume(segment, name(number), end);
    }

    void begin() throws IOException {
        store.begin(name(number + 1), header(number + 1));
        number++;
    }

    /** One group; where every group needs a segment of its own that is begun first. */
    void commit(String... names) throws IOException {
        await(store.commit(frames(names)));
        batches.addAll(List.of(names));
    }

    /** One group that is not forced. */
    void write(String... names) throws IOException {
        await(writing(names));
    }

    CompletableFuture<Void> writing(String... names) throws IOException {
        CompletableFuture<Void> written = store.write(frames(names));
        batches.addAll(List.of(names));
        return written;
    }

    void sync() throws IOException {
        await(store.sync());
    }

    private List<ByteBuffer> frames(String... names) throws IOException {
        List<ByteBuffer> frames = Stream.of(names).map(SegmentLog::frame).toList();
        long bytes = frames.stream().mapToLong(ByteBuffer::remaining).sum();
        if (store.segmentPerCommit() || number == 0 || !store.takes(bytes)) {
            begin();
        }
        return frames;
    }

    /** Waits, but not for a store that never answers. */
    private static void await(CompletableFuture<Void> commit) throws IOException {
        try {
            commit.get(30, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw told(e.getCause());
        } catch (TimeoutException e) {
            throw new AssertionError("commit was neither acknowledged nor refused within 30 s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for a commit", e);
        }
    }

    /** What a commit may fail with. */
    private static IOException told(Throwable failure) {
        if (failure instanceof SeawallException told) {
            throw told;
        }
        if (failure instanceof IOException told) {
            return told;
        }
        throw new AssertionError("commit failed with an error that is not documented", failure);
    }

    /** Seals the active segment, if the strategy has such a one. */
    void roll() throws IOException {
        if (!store.segmentPerCommit()) {
            begin();
        }
    }

    private static void require(boolean holds, String fact, SegmentFile segment, String content) {
        if (!holds) {
            throw new AssertionError(fact + ", content=" + content.replaceAll("x{9,}", "x*") + ", segment=" + segment);
        }
    }
}
