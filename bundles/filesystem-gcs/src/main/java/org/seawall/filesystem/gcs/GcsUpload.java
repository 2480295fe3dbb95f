package org.seawall.filesystem.gcs;

import static org.seawall.filesystem.gcs.GcsExceptions.naming;

import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.BlobWriteSession;
import com.google.common.util.concurrent.Futures;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.zip.CRC32C;
import org.seawall.filesystem.common.Bucket.Condition;
import org.seawall.filesystem.common.ConditionFailedException;
import org.seawall.filesystem.common.StoredObject;

/**
 * One write of an object under a condition: in one request, or above a size as a resumable upload, whose last request makes the
 * object and checks the condition and the CRC32C.
 */
record GcsUpload(GcsExceptions.Request request, long generation, String putId) {

    static final String PUT_ID = "seawall-put-id";

    private static final String TYPE = "application/octet-stream";
    private static final long ABSENT = 0;
    /** The store's limits: of an object's size, and of its name in UTF-8. */
    private static final long MOST_BYTES = 5L << 40;

    private static final int MOST_NAME_BYTES = 1_024;

    static GcsUpload of(GcsExceptions.Request request, Condition condition, String putId) throws IOException {
        return new GcsUpload(request, generation(request, condition), putId);
    }

    private static long generation(GcsExceptions.Request request, Condition condition) throws IOException {
        if (!(condition instanceof Condition.Version expected)) {
            return ABSENT;
        }
        try {
            long generation = Long.parseLong(expected.version());
            if (generation > 0) {
                return generation;
            }
        } catch (NumberFormatException notOurs) {
            throw noGeneration(request, expected.version(), notOurs);
        }
        throw noGeneration(request, expected.version(), null);
    }

    private static IOException noGeneration(GcsExceptions.Request request, String version, Exception cause) {
        return new ConditionFailedException(
                "no object has this version, expected=" + version + ", " + request.object(), cause);
    }

    StoredObject send(GcsClient client, List<ByteBuffer> content) throws IOException {
        long size = content.stream().mapToLong(ByteBuffer::remaining).sum();
        checkLimits(size);
        return size <= client.objects().uploadThresholdBytes()
                ? naming(request, client, () -> inOne(client, joined(content, (int) size)))
                : inParts(client, content);
    }

    private void checkLimits(long size) throws IOException {
        int name = request.key().getBytes(StandardCharsets.UTF_8).length;
        if (size > MOST_BYTES || name > MOST_NAME_BYTES) {
            throw new IOException("object is over the store's limits, bytes=" + size + ", mostBytes=" + MOST_BYTES
                    + ", nameBytes=" + name + ", mostNameBytes=" + MOST_NAME_BYTES + ", " + request.object());
        }
    }

    private StoredObject inOne(GcsClient client, byte[] content) {
        return stored(
                client.sdk().create(info(client).build(), content, GcsOptions.single(client.objects(), generation)));
    }

    /**
     * Until the last part nothing exists. The channel is closed only when all is written: closing it is what makes the object,
     * of whatever was written to it, and an upload that is left alone is forgotten by the store.
     */
    private StoredObject inParts(GcsClient client, List<ByteBuffer> content) throws IOException {
        GcsExceptions.Request parts =
                new GcsExceptions.Request("upload", request.bucket(), request.key(), GcsExceptions.Effect.PREPARES);
        BlobInfo info = info(client).setCrc32c(crc32c(content)).build();
        BlobWriteSession session = client.sdk().blobWriteSession(info, GcsOptions.parts(client.objects(), generation));
        WritableByteChannel channel = naming(parts, client, () -> {
            WritableByteChannel open = session.open();
            for (ByteBuffer buffer : content) {
                ByteBuffer rest = buffer.duplicate();
                while (rest.hasRemaining()) {
                    open.write(rest);
                }
            }
            return open;
        });
        return naming(request, client, () -> {
            channel.close();
            return stored(result(session));
        });
    }

    private static BlobInfo result(BlobWriteSession session) throws IOException {
        try {
            return Futures.getDone(session.getResult());
        } catch (ExecutionException e) {
            throw new IOException("upload has no result", e.getCause());
        }
    }

    private BlobInfo.Builder info(GcsClient client) {
        BlobInfo.Builder info = BlobInfo.newBuilder(request.bucket(), request.key())
                .setContentType(TYPE)
                .setMetadata(Map.of(PUT_ID, putId));
        client.objects().storageClass().ifPresent(info::setStorageClass);
        return info;
    }

    private static byte[] joined(List<ByteBuffer> content, int size) {
        ByteBuffer all = ByteBuffer.allocate(size);
        content.forEach(buffer -> all.put(buffer.duplicate()));
        return all.array();
    }

    private static String crc32c(List<ByteBuffer> content) {
        CRC32C sum = new CRC32C();
        content.forEach(buffer -> sum.update(buffer.duplicate()));
        return Base64.getEncoder()
                .encodeToString(
                        ByteBuffer.allocate(4).putInt((int) sum.getValue()).array());
    }

    static StoredObject stored(BlobInfo info) {
        Optional<String> putId = Optional.ofNullable(info.getMetadata()).map(metadata -> metadata.get(PUT_ID));
        return new StoredObject(info.getName(), info.getSize(), Long.toString(info.getGeneration()), putId);
    }
}
