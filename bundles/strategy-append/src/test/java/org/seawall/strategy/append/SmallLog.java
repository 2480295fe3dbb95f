package org.seawall.strategy.append;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.seawall.spi.filesystem.FileInput;
import org.seawall.spi.filesystem.Location;
import org.seawall.spi.strategy.SegmentFile;
import org.seawall.spi.strategy.SegmentLayout;
import org.seawall.spi.strategy.SegmentStore;

/**
 * As much of a log as the tests need: a segment is {@code [number]} and batches {@code <text>}. Recovery checks what a log
 * checks: sealed segments are whole and carry their own name, numbers have no gap, only the active one may end torn.
 */
final class SmallLog {

    static final Location DIRECTORY = Location.parse("/wal/log");
    static final SegmentLayout LAYOUT = new SegmentLayout(
            DIRECTORY, DIRECTORY.child("current"), DIRECTORY.child("next"), DIRECTORY.child("segments"));

    private static final Pattern WHOLE = Pattern.compile("\\[(\\d)]((?:<\\w+>)*)");

    private final MemoryFileSystem files;
    private final SegmentStore store;
    private final List<String> recovered = new ArrayList<>();
    private int number;

    SmallLog(MemoryFileSystem files) throws IOException {
        this.files = files;
        this.store = new AppendStrategy().open(files, LAYOUT);
    }

    SegmentStore store() {
        return store;
    }

    static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Reads all batches back and goes on behind them. */
    List<String> recover() throws IOException {
        for (SegmentFile segment : store.segments()) {
            recover(segment);
        }
        return recovered;
    }

    private void recover(SegmentFile segment) throws IOException {
        String text = text(segment);
        Matcher matcher = WHOLE.matcher(text);
        boolean whole = segment.active() ? matcher.lookingAt() : matcher.matches();
        require(whole, "segment is broken: " + segment + " " + text);
        number++;
        require(matcher.group(1).equals("" + number), "gap before " + segment + " " + text);
        require(segment.active() || segment.location().name().equals("s" + number), "misnamed " + segment + text);
        for (String batch : matcher.group(2).split("[<>]+")) {
            if (!batch.isEmpty()) {
                recovered.add(batch);
            }
        }
        if (segment.active()) {
            goOn(segment, matcher.end());
        }
    }

    private void goOn(SegmentFile segment, int end) throws IOException {
        if (text(segment).length() > end) {
            store.cutTail(segment, end, DIRECTORY.child("torn"));
        }
        store.resume(segment, "s" + number, end);
    }

    private String text(SegmentFile segment) throws IOException {
        try (FileInput input = files.open(segment.location())) {
            ByteBuffer content = ByteBuffer.allocate((int) input.size());
            input.read(0, content);
            String text = new String(content.array(), StandardCharsets.UTF_8);
            return segment.active() ? text.replaceAll("\0+$", "") : text;
        }
    }

    void begin() throws IOException {
        number++;
        store.begin("s" + number, bytes("[" + number + "]"));
    }

    void commit(String... batches) throws IOException {
        List<ByteBuffer> frames = new ArrayList<>();
        for (String batch : batches) {
            frames.add(bytes("<" + batch + ">"));
        }
        try {
            store.commit(frames).join();
        } catch (CompletionException e) {
            throw new IOException(e.getCause());
        }
    }

    boolean begun() {
        return number > 0;
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new AssertionError(otherwise);
        }
    }
}
