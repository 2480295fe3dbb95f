package org.seawall.filesystem.azure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobContainerClientBuilder;
import com.azure.storage.blob.sas.BlobContainerSasPermission;
import com.azure.storage.blob.sas.BlobServiceSasSignatureValues;
import com.azure.storage.common.StorageSharedKeyCredential;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.seawall.StorageDeniedException;
import org.seawall.spi.filesystem.Location;

/** Credentials that the emulator checks: right ones, wrong ones, and ones that change while the file system is in use. */
@ExtendWith(AzuriteExtension.class)
class AzureCredentialsTest {

    private static final String WRONG_KEY =
            Base64.getEncoder().encodeToString("a key of somebody else, long enough".getBytes(StandardCharsets.UTF_8));

    @TempDir
    Path directory;

    private final String container = "cred-" + UUID.randomUUID();
    private final Location root = Location.parse("az://" + container + "/wal");
    private Azurite azurite;
    private int written;

    @BeforeEach
    void makeContainer(Azurite running) throws IOException {
        azurite = running;
        azurite.makeContainer(container);
    }

    private void write(AzureFileSystem files) throws IOException {
        files.create(root.child("file" + written++), List.of(ByteBuffer.allocate(3)));
    }

    private Settings endpoint() {
        return Settings.none().with("endpoint", azurite.endpoint());
    }

    private String sas(OffsetDateTime expiry, String permissions) {
        BlobContainerClient client = new BlobContainerClientBuilder()
                .endpoint(azurite.endpoint())
                .containerName(container)
                .credential(new StorageSharedKeyCredential(Azurite.ACCOUNT, Azurite.KEY))
                .httpClient(new BlobTransport(
                        new HttpThreads(), HttpSettings.of(Settings.none().configuration())))
                .buildClient();
        return client.generateSas(
                new BlobServiceSasSignatureValues(expiry, BlobContainerSasPermission.parse(permissions)));
    }

    private static OffsetDateTime hours(int hours) {
        return OffsetDateTime.now(ZoneOffset.UTC).plusHours(hours);
    }

    private StorageDeniedException denied(Executable call) {
        StorageDeniedException error = assertThrows(StorageDeniedException.class, call);
        StringWriter trace = new StringWriter();
        error.printStackTrace(new PrintWriter(trace));
        String all = trace.toString();
        assertFalse(all.contains("sig=") || all.contains(Azurite.KEY) || all.contains(WRONG_KEY), all);
        return error;
    }

    @Test
    void anAccountKeyIsTaken() throws IOException {
        try (AzureFileSystem files = Settings.of(azurite).files()) {
            write(files);
        }
    }

    @Test
    void aWrongAccountKeyIsDenied() {
        try (AzureFileSystem files =
                Settings.of(azurite).with("accountKey", WRONG_KEY).files()) {
            String message = denied(() -> write(files)).getMessage();
            assertTrue(message.contains("status=403"), message);
            assertTrue(message.contains("object=" + container + "/wal/"), message);
        }
    }

    @Test
    void aConnectionStringIsTakenAsItIs() throws IOException {
        try (AzureFileSystem files = Settings.none()
                .with("credentials", "connectionString")
                .with("connectionString", azurite.connectionString())
                .files()) {
            write(files);
        }
    }

    @Test
    void variablesOfTheEnvironmentAreTaken() throws IOException {
        Map<String, String> environment = Map.of("AZURE_STORAGE_CONNECTION_STRING", azurite.connectionString());
        try (AzureFileSystem files = AzureFileSystem.of(Settings.none().configuration(), environment)) {
            write(files);
        }
        try (AzureFileSystem files = endpoint().files()) {
            String message = denied(() -> write(files)).getMessage();
            assertTrue(message.startsWith("no credentials in the environment"), message);
        }
    }

    @Test
    void aSignatureIsTakenAndAnExpiredOneIsSaidToBeSo() throws IOException {
        Settings sas = endpoint().with("credentials", "sas");
        try (AzureFileSystem files =
                sas.with("sasToken", "?" + sas(hours(1), "rwdl")).files()) {
            write(files);
            files.deleteTree(root);
        }
        try (AzureFileSystem files =
                sas.with("sasToken", sas(hours(-1), "rwdl")).files()) {
            String message = denied(() -> write(files)).getMessage();
            assertTrue(message.startsWith("SAS token has expired"), message);
        }
    }

    @Test
    void aSignatureWithoutAPermissionIsDeniedAndSaysWhich() throws IOException {
        try (AzureFileSystem files = endpoint()
                .with("credentials", "sas")
                .with("sasToken", sas(hours(1), "rl"))
                .files()) {
            assertEquals(List.of(), files.list(root));
            String message = denied(() -> write(files)).getMessage();
            assertTrue(message.contains("operation=write"), message);
        }
    }

    @Test
    void nobodyIsDenied() {
        try (AzureFileSystem files = endpoint().with("credentials", "anonymous").files()) {
            denied(() -> write(files));
        }
    }

    @Test
    void changedCredentialsTakeEffectAtTheNextRequest() throws IOException {
        Settings wrong = Settings.of(azurite).with("accountKey", WRONG_KEY);
        try (AzureFileSystem files = Settings.of(azurite).files()) {
            write(files);
            changed(files, wrong);
            denied(() -> write(files));
            changed(files, endpoint().with("credentials", "sas").with("sasToken", sas(hours(1), "rwdl")));
            write(files);
            changed(files, Settings.of(azurite));
            write(files);
        }
    }

    private static void changed(AzureFileSystem files, Settings settings) {
        assertTrue(files.change(settings.configuration(), Map.of()));
    }

    @Test
    void aFileWithAKeyThatIsReplacedTakesEffectAtTheNextRequest() throws IOException {
        Path file = directory.resolve("key");
        Files.writeString(file, WRONG_KEY);
        try (AzureFileSystem files = endpoint()
                .with("credentials", "accountKey")
                .with("accountKeyFile", file.toString())
                .files()) {
            denied(() -> write(files));
            Files.writeString(file, Azurite.KEY + "\n");
            write(files);
            Files.delete(file);
            String message = denied(() -> write(files)).getMessage();
            assertTrue(message.contains("setting=accountKeyFile, file=" + file), message);
        }
    }

    @Test
    void aConnectionStringOfAnotherAccountIsRefused() throws IOException {
        Path file = directory.resolve("string");
        Files.writeString(file, azurite.connectionString());
        try (AzureFileSystem files = Settings.none()
                .with("credentials", "connectionString")
                .with("connectionStringFile", file.toString())
                .files()) {
            write(files);
            Files.writeString(file, azurite.connectionString().replace("AccountName=devstore", "AccountName=other"));
            String message = denied(() -> write(files)).getMessage();
            assertTrue(message.contains("stringAccount=otheraccount1, account=devstoreaccount1"), message);
        }
    }

    @Test
    void aMissingContainerIsSaidToBeSo() {
        try (AzureFileSystem files = Settings.of(azurite).files()) {
            Location missing = Location.parse("abfs://no-such-container/wal/file");
            IOException error =
                    assertThrows(IOException.class, () -> files.create(missing, List.of(ByteBuffer.allocate(3))));
            assertTrue(error.getMessage().startsWith("no such container"), error::getMessage);
            assertThrows(IOException.class, () -> files.list(missing.parent()));
            assertThrows(IOException.class, () -> files.find(missing));
        }
    }

    @Test
    void aLocationWithItsAccountIsTakenAndAnotherAccountIsRefused() throws IOException {
        try (AzureFileSystem files = Settings.of(azurite).files()) {
            Location here =
                    Location.parse("abfss://" + container + "@" + Azurite.ACCOUNT + ".dfs.core.windows.net/wal/x");
            files.create(here, List.of(ByteBuffer.allocate(3)));
            assertThrows(
                    FileAlreadyExistsException.class,
                    () -> files.create(root.child("x"), List.of(ByteBuffer.allocate(3))));
            Location other = Location.parse("abfss://" + container + "@elsewhere.dfs.core.windows.net/wal/x");
            IOException error = assertThrows(IOException.class, () -> files.find(other));
            assertTrue(error.getMessage().startsWith("location names another account"), error::getMessage);
        }
    }
}
