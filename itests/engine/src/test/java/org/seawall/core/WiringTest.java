package org.seawall.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;
import org.seawall.testkit.MemoryFileSystem;

class WiringTest {
    private final Wiring wiring = new Wiring();
    private final FileSystem files = MemoryFileSystem.disk();

    WiringTest() {
        wiring.fileSystems.add(files, Map.of(FileSystem.SCHEMES, new String[] {"file"}));
    }

    @Test
    void whatNobodyHasReplacedYetIsNoDirectory() throws Exception {
        assertSame(files, wiring.fileSystem(Location.parse("/data/wal")));
        Wiring.Missing missing =
                assertThrows(Wiring.Missing.class, () -> wiring.fileSystem(Location.parse("file:${karaf.data}/wal")));
        assertEquals(
                "waits for a configuration without placeholders, value=file:${karaf.data}/wal; if it stays so, nothing here"
                        + " knows what to put there",
                missing.getMessage());
    }
}
