package org.seawall.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.seawall.core.engine.FileCopy;
import org.seawall.spi.filesystem.Capability;
import org.seawall.spi.filesystem.FileInput;
import org.seawall.spi.filesystem.Location;
import org.seawall.testkit.FaultyFileSystem;
import org.seawall.testkit.MemoryFileSystem;

/** What is deleted on an object store is not written again under its name: the deletion may be late. */
class LateDeletionTest {
    private static final Location SOURCE = Location.parse("memory:/from/file");
    private static final Location TARGET = Location.parse("memory:/to/file");

    private final FaultyFileSystem files = new FaultyFileSystem(
            new MemoryFileSystem(
                    EnumSet.of(
                            Capability.CREATE_EXCLUSIVE,
                            Capability.CONDITIONAL_REPLACE,
                            Capability.STRONG_LIST,
                            Capability.RANGE_READ),
                    0),
            0);
    private final FileCopy copies = new FileCopy(files, files);

    private void put(Location file, String text) throws IOException {
        files.create(file, List.of(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8))));
    }

    private String text() throws IOException {
        try (FileInput input = files.open(TARGET)) {
            ByteBuffer content = ByteBuffer.allocate((int) input.size());
            input.read(0, content);
            return new String(content.array(), StandardCharsets.UTF_8);
        }
    }

    /** A deletion that is late would take the copy. */
    @Test
    void anObjectIsReplacedAndNotDeletedBefore() throws IOException {
        put(SOURCE, "source");
        put(TARGET, "another");
        List<String> changes = new ArrayList<>();
        files.hook(operation -> changes.add(operation.split(" ")[0]));
        assertFalse(copies.copy(SOURCE, 4, TARGET));
        assertFalse(changes.contains("delete"), changes::toString);
        assertEquals("sour", text());
        assertTrue(copies.copy(SOURCE, 4, TARGET), "is kept");
    }
}
