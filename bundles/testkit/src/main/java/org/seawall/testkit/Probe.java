package org.seawall.testkit;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.function.Executable;
import org.seawall.spi.filesystem.AppendFile;
import org.seawall.spi.filesystem.Capability;
import org.seawall.spi.filesystem.FileInfo;
import org.seawall.spi.filesystem.FileInput;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;

/** Writes and reads short texts on a storage, by whatever means it has. */
record Probe(Storage storage) {
    FileSystem files() {
        return storage.files();
    }

    Location root() {
        return storage.directory();
    }

    /** A place below the root. */
    Location at(String... names) {
        Location location = root();
        for (String name : names) {
            location = location.child(name);
        }
        return location;
    }

    boolean can(Capability capability) {
        return files().capabilities().contains(capability);
    }

    /** Leaves a rule out that is about something else than the file system claims to do. */
    Probe needing(Capability... capabilities) {
        NotApplicable.unlessClaimed(Set.of(capabilities), files().capabilities());
        return this;
    }

    void refuses(Capability capability, Executable call) {
        NotApplicable.unless(!can(capability), "claimed: " + capability);
        assertThrows(UnsupportedOperationException.class, call, () -> "not claimed, and not refused: " + capability);
    }

    /** Makes a file, created whole or grown. */
    Location put(String text, String... names) throws IOException {
        Location file = at(names);
        if (can(Capability.CREATE_EXCLUSIVE)) {
            files().create(file, List.of(bytes(text)));
        } else {
            needing(Capability.APPEND);
            try (AppendFile grown = files().createAppendable(file)) {
                grown.write(bytes(text));
                force(grown);
                grown.truncate(text.length());
                force(grown);
            }
        }
        return file;
    }

    void force(AppendFile file) throws IOException {
        if (can(Capability.FORCE)) {
            file.force();
        }
    }

    String text(Location file) throws IOException {
        try (FileInput input = files().open(file)) {
            ByteBuffer content = ByteBuffer.allocate(Math.toIntExact(input.size()));
            input.read(0, content);
            assertTrue(!content.hasRemaining(), "a read left a part of its buffer, remaining=" + content.remaining());
            return new String(content.array(), StandardCharsets.UTF_8);
        }
    }

    /** The text of a file without the zeroes that may be reserved behind it. */
    String grown(Location file) throws IOException {
        return text(file).replaceAll("\0+$", "");
    }

    Optional<FileInfo> find(Location location) throws IOException {
        return files().find(location);
    }

    List<String> names(Location directory) throws IOException {
        return files().list(directory).stream().map(FileInfo::name).toList();
    }

    static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    static List<ByteBuffer> buffers(String... texts) {
        return Stream.of(texts).map(Probe::bytes).toList();
    }

    /** An error that names the file it is about. */
    static <E extends Exception> E assertNames(Location location, Class<E> type, Executable call) {
        E error = assertThrows(type, call);
        assertTrue(
                String.valueOf(error.getMessage()).contains(location.toString()),
                () -> "the error does not name " + location + ": " + error);
        return error;
    }
}
