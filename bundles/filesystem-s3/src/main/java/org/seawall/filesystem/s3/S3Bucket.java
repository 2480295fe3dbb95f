package org.seawall.filesystem.s3;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.seawall.filesystem.common.Bucket;
import org.seawall.filesystem.common.ConditionFailedException;
import org.seawall.filesystem.common.NotDoneException;
import org.seawall.filesystem.common.OutcomeOpenException;
import org.seawall.filesystem.common.Page;
import org.seawall.filesystem.common.StoredObject;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/** A bucket of S3: each call is one request of the SDK, but for large objects and deletions of many. */
final class S3Bucket implements Bucket {

    /** The metadata that holds the put-id; the SDK puts {@code x-amz-meta-} before it. */
    static final String PUT_ID = "seawall-put-id";

    private static final long MOST_BYTES = 5L << 40;
    private static final int MOST_KEY_BYTES = 1024;

    private final String name;
    private final S3Clients clients;
    private final Supplier<S3Writing> writing;
    private final S3Multipart multipart;

    S3Bucket(String name, S3Clients clients, Supplier<S3Writing> writing, S3Multipart multipart) {
        this.name = name;
        this.clients = clients;
        this.writing = writing;
        this.multipart = multipart;
    }

    private String at(String key) {
        return "s3://" + name + "/" + key;
    }

    private <T> T call(String operation, String key, S3Clients.Use<T> use) throws IOException {
        try {
            return clients.use(use);
        } catch (SdkException e) {
            throw S3Exceptions.translate(operation, at(key), e);
        }
    }

    @Override
    public Optional<StoredObject> head(String key) throws IOException {
        try {
            return Optional.of(call("head", key, client -> {
                HeadObjectRequest.Builder request =
                        HeadObjectRequest.builder().bucket(name).key(key);
                HeadObjectResponse head = client.headObject(
                        new S3Encryption(writing.get()).on(request).build());
                return object(
                        key,
                        head.contentLength(),
                        head.eTag(),
                        Optional.ofNullable(head.metadata().get(PUT_ID)));
            }));
        } catch (NoSuchFileException missing) {
            return Optional.empty();
        }
    }

    private static StoredObject object(String key, long size, String etag, Optional<String> putId) {
        return new StoredObject(key, size, new ObjectVersion(etag, putId).toString(), putId);
    }

    @Override
    public Page list(String prefix, boolean deep, Optional<String> token) throws IOException {
        return call("list", prefix, client -> {
            ListObjectsV2Request.Builder request =
                    ListObjectsV2Request.builder().bucket(name).prefix(prefix);
            if (!deep) {
                request.delimiter("/");
            }
            token.ifPresent(request::continuationToken);
            ListObjectsV2Response page = client.listObjectsV2(request.build());
            return new Page(
                    page.contents().stream()
                            .map(found -> object(found.key(), found.size(), found.eTag(), Optional.empty()))
                            .toList(),
                    page.commonPrefixes().stream().map(CommonPrefix::prefix).toList(),
                    Optional.ofNullable(page.nextContinuationToken()).filter(next -> page.isTruncated()));
        });
    }

    @Override
    public void read(StoredObject object, long offset, ByteBuffer target) throws IOException {
        int wanted = target.remaining();
        String range = "bytes=" + offset + "-" + (offset + wanted - 1);
        call("read", object.key(), client -> {
            GetObjectRequest.Builder request = GetObjectRequest.builder()
                    .bucket(name)
                    .key(object.key())
                    .range(range)
                    .ifMatch(ObjectVersion.parse(object.version()).etag());
            return client.getObject(
                    new S3Encryption(writing.get()).on(request).build(),
                    new RangeBody(at(object.key()), offset, target));
        });
    }

    @Override
    public StoredObject put(String key, List<ByteBuffer> content, Condition condition, String putId)
            throws IOException {
        Payload payload = new Payload(content);
        check(key, payload);
        Optional<String> expected = expected(key, condition);
        S3Write write = new S3Write(name, key, putId, expected, writing.get());
        return call("write", key, client -> {
            String etag = payload.size() > write.writing().thresholdBytes()
                    ? multipart.put(client, write, payload)
                    : single(client, write, payload);
            return object(key, payload.size(), etag, Optional.of(putId));
        });
    }

    private void check(String key, Payload payload) throws IOException {
        int length = key.getBytes(StandardCharsets.UTF_8).length;
        if (length > MOST_KEY_BYTES) {
            throw new IOException(
                    "name is too long for S3, bytes=" + length + ", most=" + MOST_KEY_BYTES + ", object=" + at(key));
        }
        if (payload.size() > MOST_BYTES) {
            throw new IOException("object is too large for S3, bytes=" + payload.size() + ", most=" + MOST_BYTES
                    + ", object=" + at(key));
        }
    }

    private static String single(S3Client client, S3Write write, Payload payload) {
        PutObjectRequest.Builder request = PutObjectRequest.builder()
                .bucket(write.bucket())
                .key(write.key())
                .metadata(Map.of(PUT_ID, write.putId()))
                .checksumCRC32C(payload.crc32c());
        if (!write.writing().storageClass().isBlank()) {
            request.storageClass(write.writing().storageClass());
        }
        write.expected().ifPresentOrElse(request::ifMatch, () -> request.ifNoneMatch("*"));
        new S3Encryption(write.writing()).on(request);
        return client.putObject(request.build(), payload.body()).eTag();
    }

    /**
     * The ETag that the store is to compare. It comes back with the content, so the put-id is compared first; between the two
     * only a write of exactly the expected content could come.
     */
    private Optional<String> expected(String key, Condition condition) throws IOException {
        if (!(condition instanceof Condition.Version version)) {
            return Optional.empty();
        }
        ObjectVersion expected = ObjectVersion.parse(version.version());
        if (expected.putId().isPresent()) {
            Optional<StoredObject> found = before(key);
            if (found.filter(object -> object.version().equals(version.version()))
                    .isEmpty()) {
                throw new ConditionFailedException(
                        "object is of another version, expected=" + version.version() + ", found="
                                + found.map(StoredObject::version).orElse("nothing") + ", object=" + at(key),
                        null);
            }
        }
        return Optional.of(expected.etag());
    }

    /** Nothing was written yet, whatever becomes of this request. */
    private Optional<StoredObject> before(String key) throws IOException {
        try {
            return head(key);
        } catch (OutcomeOpenException e) {
            throw new NotDoneException("version could not be read before a write, object=" + at(key), e);
        }
    }

    /** The ETag: the put-id is compared by {@link #put} itself. */
    @Override
    public String compared(String version) {
        return ObjectVersion.parse(version).etag();
    }

    @Override
    public Optional<String> expiry(String key) throws IOException {
        return call(
                "look at the rules",
                "",
                client -> S3Expiry.of(
                        client.getBucketLifecycleConfiguration(request -> request.bucket(name))
                                .rules(),
                        key));
    }

    @Override
    public void delete(List<String> keys) throws IOException {
        if (keys.size() == 1) {
            call(
                    "delete",
                    keys.get(0),
                    client ->
                            client.deleteObject(request -> request.bucket(name).key(keys.get(0))));
        } else if (!keys.isEmpty()) {
            call("delete", keys.get(0), client -> S3Deletion.delete(client, name, keys));
        }
    }
}
