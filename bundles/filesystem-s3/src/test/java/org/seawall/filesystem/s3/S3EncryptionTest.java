package org.seawall.filesystem.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.seawall.StorageDeniedException;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;

/** What the requests tell the store; no server here keeps keys. */
class S3EncryptionTest {

    private static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);

    private static S3Encryption with(Map<String, Object> values) {
        return new S3Encryption(TestConfiguration.of(values).settings().writing());
    }

    private static PutObjectRequest put(Map<String, Object> values) {
        return with(values).on(PutObjectRequest.builder()).build();
    }

    @Test
    void theStoreIsToldWhoseKeyItIs() {
        assertNull(put(Map.of()).serverSideEncryption());
        assertEquals(
                ServerSideEncryption.AES256, put(Map.of("encryption", "s3")).serverSideEncryption());
        PutObjectRequest kms = put(Map.of("encryption", "kms", "kmsKeyId", "alias/log"));
        assertEquals(ServerSideEncryption.AWS_KMS, kms.serverSideEncryption());
        assertEquals("alias/log", kms.ssekmsKeyId());
        assertNull(put(Map.of("encryption", "kms")).ssekmsKeyId());
    }

    @Test
    void aCustomersKeyGoesWithEveryRequest() {
        S3Encryption customer = with(Map.of("encryption", "customer", "customerKey", KEY));
        String md5 = "cLyPS3KoaSFGi/joRB3OUQ==";
        assertEquals(KEY, customer.on(GetObjectRequest.builder()).build().sseCustomerKey());
        assertEquals(KEY, customer.on(HeadObjectRequest.builder()).build().sseCustomerKey());
        assertEquals(md5, customer.on(UploadPartRequest.builder()).build().sseCustomerKeyMD5());
        assertEquals("AES256", customer.on(GetObjectRequest.builder()).build().sseCustomerAlgorithm());
    }

    @Test
    void aKeyThatIsNoneIsRefusedWithoutBeingRepeated() {
        for (String wrong : new String[] {"not/base64/!", Base64.getEncoder().encodeToString(new byte[31])}) {
            S3Encryption customer = with(Map.of("encryption", "customer", "customerKey", wrong));
            StorageDeniedException refused =
                    assertThrows(StorageDeniedException.class, () -> customer.on(GetObjectRequest.builder()));
            assertFalse(refused.getMessage().contains(wrong), refused::getMessage);
        }
    }
}
