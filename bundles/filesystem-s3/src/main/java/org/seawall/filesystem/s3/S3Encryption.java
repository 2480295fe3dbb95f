package org.seawall.filesystem.s3;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.seawall.StorageDeniedException;
import org.seawall.filesystem.s3.S3Writing.Encryption;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;

/**
 * Tells the store with each request how to encrypt. A customer's key goes with every one of them, reads too.
 *
 * @param writing what was configured
 */
record S3Encryption(S3Writing writing) {

    private static final String ALGORITHM = "AES256";

    private boolean customer() {
        return writing.encryption() == Encryption.CUSTOMER;
    }

    PutObjectRequest.Builder on(PutObjectRequest.Builder request) {
        if (customer()) {
            String key = key();
            request.sseCustomerAlgorithm(ALGORITHM).sseCustomerKey(key).sseCustomerKeyMD5(md5(key));
        }
        if (writing.encryption() == Encryption.S3) {
            request.serverSideEncryption(ServerSideEncryption.AES256);
        }
        if (writing.encryption() == Encryption.KMS) {
            request.serverSideEncryption(ServerSideEncryption.AWS_KMS);
            if (!writing.kmsKeyId().isBlank()) {
                request.ssekmsKeyId(writing.kmsKeyId());
            }
        }
        return request;
    }

    CreateMultipartUploadRequest.Builder on(CreateMultipartUploadRequest.Builder request) {
        if (customer()) {
            String key = key();
            request.sseCustomerAlgorithm(ALGORITHM).sseCustomerKey(key).sseCustomerKeyMD5(md5(key));
        }
        if (writing.encryption() == Encryption.S3) {
            request.serverSideEncryption(ServerSideEncryption.AES256);
        }
        if (writing.encryption() == Encryption.KMS) {
            request.serverSideEncryption(ServerSideEncryption.AWS_KMS);
            if (!writing.kmsKeyId().isBlank()) {
                request.ssekmsKeyId(writing.kmsKeyId());
            }
        }
        return request;
    }

    UploadPartRequest.Builder on(UploadPartRequest.Builder request) {
        if (customer()) {
            String key = key();
            request.sseCustomerAlgorithm(ALGORITHM).sseCustomerKey(key).sseCustomerKeyMD5(md5(key));
        }
        return request;
    }

    CompleteMultipartUploadRequest.Builder on(CompleteMultipartUploadRequest.Builder request) {
        if (customer()) {
            String key = key();
            request.sseCustomerAlgorithm(ALGORITHM).sseCustomerKey(key).sseCustomerKeyMD5(md5(key));
        }
        return request;
    }

    HeadObjectRequest.Builder on(HeadObjectRequest.Builder request) {
        if (customer()) {
            String key = key();
            request.sseCustomerAlgorithm(ALGORITHM).sseCustomerKey(key).sseCustomerKeyMD5(md5(key));
        }
        return request;
    }

    GetObjectRequest.Builder on(GetObjectRequest.Builder request) {
        if (customer()) {
            String key = key();
            request.sseCustomerAlgorithm(ALGORITHM).sseCustomerKey(key).sseCustomerKeyMD5(md5(key));
        }
        return request;
    }

    private String key() {
        return writing.customerKey().read();
    }

    private static String md5(String key) {
        try {
            byte[] bytes = Base64.getDecoder().decode(key);
            if (bytes.length != 32) {
                throw new StorageDeniedException("customerKey has another length, expected=32, actual=" + bytes.length);
            }
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("MD5").digest(bytes));
        } catch (IllegalArgumentException e) {
            // not chained: the message may quote the key
            throw new StorageDeniedException("customerKey is not in base64");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has MD5", e);
        }
    }
}
