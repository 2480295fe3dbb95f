package org.seawall.core.catalog;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.seawall.OutcomeUnknownException;
import org.seawall.spi.filesystem.FileInfo;
import org.seawall.spi.filesystem.FileInput;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;

/**
 * The file {@code catalog.move} in the directory of a catalog: what a move has to do with this place, as lines of text. It is
 * replaced only by who has read it, under its version, and never deleted, so that of several processes that move the same
 * catalog one takes each step, and one that was stalled takes none.
 */
final class MoveMark {
    static final String NAME = "catalog.move";

    private static final String TITLE = "seawall catalog move 1";
    private static final int MAX_BYTES = 1 << 16;

    private final FileSystem files;
    private final Location file;

    /** What a move has to do with a place. */
    enum State {
        /** A catalog is to come here from the other place; whether this one is free is not settled. */
        COMING,
        /** It is copied here, from the other place, which may not know yet that its catalog leaves. */
        COPYING,
        /** It is here. What is left in the other place is still to be removed. */
        ARRIVED,
        /** It came from the other place, and all of that is done. */
        HERE,
        /** It was to come from the other place, and stays there. */
        UNDONE,
        /** It was here, and is in the other place. */
        GONE;

        /** Whether a catalog is not yet here. */
        boolean underWay() {
            return this == COMING || this == COPYING;
        }
    }

    /**
     * What the file says.
     *
     * @param state of this place
     * @param other the other place
     * @param sequence how much the catalog held at least when its move began
     */
    record Mark(State state, Location other, long sequence) {
        Mark in(State next) {
            return new Mark(next, other, sequence);
        }

        private String text() {
            return TITLE + "\nstate " + state + "\nsequence " + sequence + "\nplace " + other + "\n";
        }
    }

    /** A mark, and the version of the file that it was read from. */
    record Seen(Mark mark, String version) {}

    MoveMark(FileSystem files, Location root) {
        this.files = files;
        this.file = root.child(NAME);
    }

    Location file() {
        return file;
    }

    /**
     * What the file says, or empty if there is none.
     *
     * @throws IOException if it cannot be read, or is none
     */
    Optional<Seen> read() throws IOException {
        Optional<FileInfo> found = files.find(file);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        try (FileInput input = files.open(found.get())) {
            if (input.size() > MAX_BYTES) {
                throw new IOException("mark of a move is too long, bytes=" + input.size() + ", file=" + file);
            }
            byte[] text = new byte[(int) input.size()];
            input.read(0, ByteBuffer.wrap(text));
            return Optional.of(new Seen(
                    parsed(new String(text, StandardCharsets.UTF_8)),
                    found.get().version()));
        }
    }

    private Mark parsed(String text) throws IOException {
        Map<String, String> fields = new HashMap<>();
        for (String line : text.split("\n")) {
            int space = line.indexOf(' ');
            fields.put(line.substring(0, Math.max(0, space)), line.substring(space + 1));
        }
        try {
            if (!text.startsWith(TITLE + "\n")) {
                throw new IllegalArgumentException("expected=" + TITLE);
            }
            return new Mark(
                    State.valueOf(fields.get("state")),
                    Location.parse(fields.get("place")),
                    Long.parseLong(fields.get("sequence")));
        } catch (IllegalArgumentException | NullPointerException e) {
            throw new IOException("mark of a move is not readable, file=" + file, e);
        }
    }

    /**
     * Takes the place of what was read, durably.
     *
     * @param next what the file says from now on
     * @param before what was read; nothing happens if it says the same
     * @return the file as it is now
     * @throws FileAlreadyExistsException if somebody else was first; read it again
     * @throws IOException if the storage fails
     */
    Seen become(Mark next, Optional<Seen> before) throws IOException {
        if (before.map(Seen::mark).equals(Optional.of(next))) {
            return before.get();
        }
        ByteBuffer content = ByteBuffer.wrap(next.text().getBytes(StandardCharsets.UTF_8));
        try {
            FileInfo written = files.replace(file, List.of(content), before.map(Seen::version));
            return new Seen(next, written.version());
        } catch (FileAlreadyExistsException | OutcomeUnknownException e) {
            // it may be our own that is there
            Optional<Seen> there = read().filter(seen -> seen.mark().equals(next));
            if (there.isPresent()) {
                return there.get();
            }
            throw e;
        }
    }
}
