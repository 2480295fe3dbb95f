package org.seawall.filesystem.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.seawall.filesystem.common.TestFiles.bytes;
import static org.seawall.filesystem.common.TestFiles.text;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seawall.StorageDeniedException;
import org.seawall.spi.filesystem.FileInput;
import org.seawall.spi.filesystem.Location;

/** Changes take effect without a new file system, and files that are open stay so. */
class ChangedConfigurationTest {

    private final VersityServer server = VersityServer.running();
    private final TestConfiguration right = server.configuration();
    private final Location directory = Location.parse("s3://" + server.bucket() + "/wal");
    private final S3FileSystem files = right.open();

    @AfterEach
    void stop() {
        files.stop();
    }

    @Test
    void changedKeysTakeEffectAtTheNextRequestAndOpenFilesGoOn() throws IOException {
        files.create(directory.child("one"), bytes("text"));
        try (FileInput open = files.open(directory.child("one"))) {
            files.change(right.with("secretKey", "expired").annotation());
            assertThrows(StorageDeniedException.class, () -> files.create(directory.child("two"), bytes("text")));
            assertThrows(StorageDeniedException.class, () -> open.read(0, ByteBuffer.allocate(4)));
            files.change(right.annotation());
            open.read(0, ByteBuffer.allocate(4));
            files.create(directory.child("two"), bytes("text"));
        }
    }

    @Test
    void changedSecretFilesTakeEffectAtTheNextRequest(@TempDir Path home) throws IOException {
        Path secret = Files.writeString(home.resolve("secret"), "old\n");
        files.change(right.with("secretKey", "")
                .with("secretKeyFile", secret.toString())
                .annotation());
        assertThrows(StorageDeniedException.class, () -> files.list(directory));
        Files.writeString(secret, VersityServer.SECRET + "\n");
        files.create(directory.child("one"), bytes("text"));
        Files.writeString(secret, "");
        StorageDeniedException empty = assertThrows(StorageDeniedException.class, () -> files.list(directory));
        assertTrue(empty.getMessage().contains("secret is empty"), empty::getMessage);
    }

    @Test
    void aChangedPoolIsAnotherClientForOpenFilesToo() throws IOException {
        files.create(directory.child("one"), bytes("text"));
        try (FileInput open = files.open(directory.child("one"))) {
            files.change(right.with("connections", 2).with("attempts", 3).annotation());
            open.read(0, ByteBuffer.allocate(4));
            files.change(right.annotation());
            assertEquals("text", text(files, directory.child("one")));
        }
    }

    /** A log that is open would go on there, as if what it has acknowledged were there, too. */
    @Test
    void anotherEndpointIsAnotherStorage() throws IOException {
        TestConfiguration other = right.with("endpoint", "http://127.0.0.1:1");
        assertFalse(files.change(other.annotation()));
        assertEquals(List.of(), files.list(directory), "nothing has changed");
        assertTrue(files.change(right.with("region", "eu-central-1").annotation()));
        assertTrue(files.change(right.annotation()));
        files.create(directory.child("one"), bytes("text"));
    }

    @Test
    void aWrongConfigurationIsRefusedAndChangesNothing() throws IOException {
        IllegalArgumentException wrong = assertThrows(
                IllegalArgumentException.class,
                () -> files.change(right.with("connections", 0).annotation()));
        assertEquals("connections out of range, value=0, range=1..1024", wrong.getMessage());
        files.create(directory.child("one"), bytes("text"));
    }
}
