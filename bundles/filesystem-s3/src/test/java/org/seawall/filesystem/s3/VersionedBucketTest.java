package org.seawall.filesystem.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.seawall.spi.filesystem.FileInfo;
import org.seawall.spi.filesystem.FileInput;
import org.seawall.spi.filesystem.Location;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;

/** A bucket that keeps old versions is one like any other: what was deleted is not there, and what was replaced is the new one. */
class VersionedBucketTest {
    private final VersityServer server = VersityServer.running();
    private final String bucket = server.bucket();
    private final Location directory = Location.parse("s3://" + bucket + "/wal");

    @Test
    void conditionsAreAboutWhatIsThereNow() throws IOException {
        keepVersions();
        S3FileSystem files = server.configuration().open();
        try {
            Location file = directory.child("a");
            FileInfo first = files.create(file, content("first"));
            assertThrows(FileAlreadyExistsException.class, () -> files.create(file, content("other")));
            FileInfo second = files.replace(file, content("second"), Optional.of(first.version()));
            assertThrows(
                    FileAlreadyExistsException.class,
                    () -> files.replace(file, content("other"), Optional.of(first.version())));
            assertEquals("second", text(files, file));
            files.delete(file);
            assertEquals(Optional.empty(), files.find(file));
            assertEquals(List.of(), files.list(directory));
            assertThrows(
                    FileAlreadyExistsException.class,
                    () -> files.replace(file, content("other"), Optional.of(second.version())));
            // not the same name: this server takes the mark of a deletion for the file, which S3 does not
            Location next = directory.child("b");
            files.create(next, content("third"));
            assertEquals("third", text(files, next));
            assertEquals(
                    List.of(next),
                    files.list(directory).stream().map(FileInfo::location).toList());
            files.deleteTree(directory);
            assertEquals(List.of(), files.list(directory));
        } finally {
            files.stop();
        }
    }

    private void keepVersions() {
        try (Apache5HttpClient http = (Apache5HttpClient) Apache5HttpClient.create();
                S3Client client = S3Client.builder()
                        .httpClient(http)
                        .endpointOverride(server.endpoint())
                        .forcePathStyle(true)
                        .region(Region.US_EAST_1)
                        .credentialsProvider(StaticCredentialsProvider.create(
                                AwsBasicCredentials.create(VersityServer.ACCESS, VersityServer.SECRET)))
                        .build()) {
            client.putBucketVersioning(request ->
                    request.bucket(bucket).versioningConfiguration(to -> to.status(BucketVersioningStatus.ENABLED)));
            assertEquals(
                    BucketVersioningStatus.ENABLED,
                    client.getBucketVersioning(request -> request.bucket(bucket))
                            .status());
        }
    }

    private static List<ByteBuffer> content(String text) {
        return List.of(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static String text(S3FileSystem files, Location file) throws IOException {
        try (FileInput input = files.open(file)) {
            ByteBuffer bytes = ByteBuffer.allocate((int) input.size());
            input.read(0, bytes);
            return new String(bytes.array(), StandardCharsets.UTF_8);
        }
    }
}
