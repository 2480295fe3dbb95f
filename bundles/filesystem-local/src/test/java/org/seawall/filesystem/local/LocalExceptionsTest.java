package org.seawall.filesystem.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;
import org.seawall.StorageDeniedException;
import org.seawall.spi.filesystem.Location;

class LocalExceptionsTest {

    private static final Location AT = Location.parse("/wal/a");

    @Test
    void aMissingPermissionNamesPathAndLocationAndWhatToDo() {
        IOException cause = new AccessDeniedException("/wal");
        StorageDeniedException e =
                assertThrows(StorageDeniedException.class, () -> LocalExceptions.translate("create", AT, cause));
        assertEquals(
                "create is not permitted, give the user of this process access to the path or mount it writable,"
                        + " path=/wal, location=file:/wal/a",
                e.getMessage());
        assertSame(cause, e.getCause());
    }

    @Test
    void missingAndTakenNamesKeepTheirTypeAndNameTheLocation() {
        IOException missing = LocalExceptions.translate("open", AT, new NoSuchFileException("/wal"));
        assertTrue(missing instanceof NoSuchFileException, missing::toString);
        assertEquals("file:/wal/a -> /wal: open", missing.getMessage());
        IOException taken = LocalExceptions.translate("create", AT, new FileAlreadyExistsException("/wal/a"));
        assertTrue(taken instanceof FileAlreadyExistsException, taken::toString);
        assertEquals("file:/wal/a: create", taken.getMessage());
    }

    @Test
    void everythingElseNamesTheLocationAndChainsTheCause() {
        IOException cause = new IOException("Input/output error");
        IOException e = LocalExceptions.translate("open", AT, cause);
        assertEquals("open failed, location=file:/wal/a", e.getMessage());
        assertSame(cause, e.getCause());
    }
}
