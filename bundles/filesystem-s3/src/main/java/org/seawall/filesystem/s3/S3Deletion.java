package org.seawall.filesystem.s3;

import java.util.List;
import java.util.Map;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Error;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Deletes many objects in one request. */
final class S3Deletion {

    /** What a single deletion would have been answered with. */
    private static final Map<String, Integer> STATUS =
            Map.of("AccessDenied", 403, "SlowDown", 503, "InternalError", 500, "ServiceUnavailable", 503);

    private S3Deletion() {}

    /** The first key that could not be deleted is thrown as the error of a request. */
    static List<String> delete(S3Client client, String bucket, List<String> keys) {
        List<ObjectIdentifier> objects = keys.stream()
                .map(key -> ObjectIdentifier.builder().key(key).build())
                .toList();
        DeleteObjectsResponse answer = client.deleteObjects(request ->
                request.bucket(bucket).delete(delete -> delete.objects(objects).quiet(true)));
        if (answer.hasErrors() && !answer.errors().isEmpty()) {
            throw failed(answer.errors().get(0), answer.errors().size());
        }
        return keys;
    }

    private static S3Exception failed(S3Error error, int count) {
        String code = error.code() == null ? "none" : error.code();
        return (S3Exception) S3Exception.builder()
                .statusCode(STATUS.getOrDefault(code, 400))
                .message("objects could not be deleted, count=" + count + ", first=" + error.key())
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(code)
                        .errorMessage("objects left=" + count + ", first=" + error.key())
                        .build())
                .build();
    }
}
