package org.seawall.filesystem.s3;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.seawall.filesystem.common.Confined;
import org.seawall.filesystem.common.NotDoneException;
import org.seawall.filesystem.common.OutcomeOpenException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;

/**
 * Writes a large object in parts, several at once. It appears whole, or not at all, when the upload is completed, which is
 * where the condition is checked. An upload that fails is taken back.
 *
 * @param threads where parts go up
 */
record S3Multipart(Confined threads) {

    private static final int MOST_PARTS = 10_000;

    /** Returns the ETag. What the completion throws is the SDK's; nothing is in effect before it. */
    String put(S3Client client, S3Write write, Payload payload) throws IOException {
        String upload = before(write, () -> create(client, write));
        try {
            List<CompletedPart> parts = before(write, () -> parts(client, write, upload, payload));
            return complete(client, write, upload, parts);
        } catch (IOException | RuntimeException e) {
            try {
                client.abortMultipartUpload(request ->
                        request.bucket(write.bucket()).key(write.key()).uploadId(upload));
            } catch (SdkException left) {
                e.addSuppressed(left);
            }
            throw e;
        }
    }

    private static String create(S3Client client, S3Write write) {
        CreateMultipartUploadRequest.Builder request = CreateMultipartUploadRequest.builder()
                .bucket(write.bucket())
                .key(write.key())
                .metadata(Map.of(S3Bucket.PUT_ID, write.putId()))
                .checksumAlgorithm(ChecksumAlgorithm.CRC32_C);
        if (!write.writing().storageClass().isBlank()) {
            request.storageClass(write.writing().storageClass());
        }
        new S3Encryption(write.writing()).on(request);
        return client.createMultipartUpload(request.build()).uploadId();
    }

    /** Waits for all parts that were begun, so that none reads the caller's buffers behind its back. */
    private List<CompletedPart> parts(S3Client client, S3Write write, String upload, Payload payload)
            throws IOException {
        long size = partBytes(payload.size(), write.writing().partBytes());
        List<Confined.Pending<CompletedPart>> pending = new ArrayList<>();
        for (long offset = 0; offset < payload.size(); offset += size) {
            int number = pending.size() + 1;
            Payload part = payload.part(offset, Math.min(size, payload.size() - offset));
            pending.add(threads.submit(() -> part(client, write, new Part(upload, number, part))));
        }
        return outcomes(pending);
    }

    private static List<CompletedPart> outcomes(List<Confined.Pending<CompletedPart>> pending) throws IOException {
        List<CompletedPart> parts = new ArrayList<>();
        List<Exception> failures = new ArrayList<>();
        for (Confined.Pending<CompletedPart> each : pending) {
            try {
                parts.add(each.outcome());
            } catch (IOException | SdkException e) {
                failures.add(e);
            }
        }
        for (Exception failure : failures) {
            if (failure instanceof SdkException e) {
                throw e;
            }
            throw new IOException("a part was not sent, parts=" + pending.size(), failure);
        }
        return parts;
    }

    static long partBytes(long size, long configured) {
        return Math.max(configured, (size + MOST_PARTS - 1) / MOST_PARTS);
    }

    private record Part(String upload, int number, Payload payload) {}

    private static CompletedPart part(S3Client client, S3Write write, Part part) {
        String crc = part.payload().crc32c();
        UploadPartRequest.Builder request = UploadPartRequest.builder()
                .bucket(write.bucket())
                .key(write.key())
                .uploadId(part.upload())
                .partNumber(part.number())
                .checksumCRC32C(crc);
        String etag = client.uploadPart(
                        new S3Encryption(write.writing()).on(request).build(),
                        part.payload().body())
                .eTag();
        return CompletedPart.builder()
                .partNumber(part.number())
                .eTag(etag)
                .checksumCRC32C(crc)
                .build();
    }

    private static String complete(S3Client client, S3Write write, String upload, List<CompletedPart> parts) {
        CompleteMultipartUploadRequest.Builder request = CompleteMultipartUploadRequest.builder()
                .bucket(write.bucket())
                .key(write.key())
                .uploadId(upload)
                .multipartUpload(all -> all.parts(parts));
        write.expected().ifPresentOrElse(request::ifMatch, () -> request.ifNoneMatch("*"));
        return client.completeMultipartUpload(
                        new S3Encryption(write.writing()).on(request).build())
                .eTag();
    }

    @FunctionalInterface
    private interface Step<T> {
        T run() throws IOException;
    }

    /** A step before the completion has no effect on the object, answered or not. */
    private static <T> T before(S3Write write, Step<T> step) throws IOException {
        String object = "s3://" + write.bucket() + "/" + write.key();
        try {
            return step.run();
        } catch (SdkException e) {
            IOException told = S3Exceptions.translate("upload of parts", object, e);
            if (told instanceof OutcomeOpenException) {
                throw new NotDoneException("parts were not all sent, object=" + object, told);
            }
            throw told;
        }
    }
}
