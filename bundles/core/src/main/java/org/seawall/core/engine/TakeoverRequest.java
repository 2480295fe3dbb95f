package org.seawall.core.engine;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.seawall.spi.filesystem.FileInfo;
import org.seawall.spi.filesystem.FileInput;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;

/**
 * The file {@code wal.takeover} of a log: somebody asks its writer to commit nothing for a while, since he cannot put a fence
 * behind one who never rests. It decides nothing. One who asks replaces whatever was there; nobody deletes it.
 *
 * <pre>
 * epoch=4                      the writer who is asked has this epoch, or a lower one
 * attemptMillis=35             what an attempt to put a fence takes
 * by=process 4711@host, ...    for people
 * nonce=7d9c…                  no two requests are equal, so that neither are their versions
 * </pre>
 *
 * @param epoch the highest epoch that was met in the log
 * @param attemptMillis how long it takes to read the end of the log and to put a fence there
 * @param by who asks, in words
 */
record TakeoverRequest(long epoch, long attemptMillis, String by) {
    private static final int MAX_BYTES = 2_048;
    private static final int MAX_WORDS = 200;

    /** A request of this process. */
    static TakeoverRequest of(Session session, long epoch, long attemptMillis) {
        String by = "process " + ManagementFactory.getRuntimeMXBean().getName() + ", writer " + session.writer()
                + ", at " + session.backend().clock().instant().truncatedTo(ChronoUnit.SECONDS);
        return new TakeoverRequest(epoch, attemptMillis, by);
    }

    /**
     * Writes it, unless another is written at the same moment, which does as well.
     *
     * @throws java.nio.file.FileAlreadyExistsException if another was
     * @throws IOException if the storage fails
     */
    void write(FileSystem files, Location file) throws IOException {
        String text = "epoch=" + epoch + "\nattemptMillis=" + attemptMillis + "\nby=" + by + "\nnonce="
                + UUID.randomUUID() + "\n";
        ByteBuffer content = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        files.replace(file, List.of(content), files.find(file).map(FileInfo::version));
    }

    /**
     * Reads one.
     *
     * @return the request, or empty if what is there is none
     * @throws IOException if it is not there or the storage fails
     */
    static Optional<TakeoverRequest> read(FileSystem files, Location file) throws IOException {
        byte[] text;
        try (FileInput input = files.open(file)) {
            text = new byte[(int) Math.min(MAX_BYTES, input.size())];
            input.read(0, ByteBuffer.wrap(text));
        }
        return parse(new String(text, StandardCharsets.UTF_8));
    }

    /**
     * Who asked to end an epoch, in words behind others: empty if the request that is there is about another.
     *
     * @throws IOException if the storage fails
     */
    static String askedBy(Backend backend, LogLayout layout, long ended) throws IOException {
        if (backend.fileSystem().find(layout.takeover()).isEmpty()) {
            return "";
        }
        return read(backend.fileSystem(), layout.takeover())
                .filter(request -> request.epoch() == ended)
                .map(request -> ", asked for by=[" + request.by() + "]")
                .orElse("");
    }

    private static Optional<TakeoverRequest> parse(String text) {
        Map<String, String> values = new HashMap<>();
        for (String line : text.split("\n")) {
            int equals = line.indexOf('=');
            if (equals > 0) {
                values.put(line.substring(0, equals), line.substring(equals + 1));
            }
        }
        try {
            return Optional.of(new TakeoverRequest(
                    Long.parseLong(values.getOrDefault("epoch", "")),
                    Math.max(0, Long.parseLong(values.getOrDefault("attemptMillis", ""))),
                    words(values.getOrDefault("by", "unknown"))));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Whoever may write to the storage may write anything there. */
    private static String words(String by) {
        return by.substring(0, Math.min(MAX_WORDS, by.length())).replaceAll("\\p{Cntrl}", "?");
    }
}
