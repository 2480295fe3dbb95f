package org.seawall.filesystem.gcs;

import com.google.cloud.storage.StorageClass;
import java.util.Base64;
import java.util.Optional;
import org.seawall.filesystem.common.Range;

/**
 * How objects are written and read.
 *
 * @param uploadThresholdBytes from which size on they go up in parts
 * @param storageClass of new ones
 * @param userProject who pays, or empty
 * @param encryption of new ones and, with a key of one's own, of all
 */
record ObjectSettings(
        long uploadThresholdBytes, Optional<StorageClass> storageClass, String userProject, Encryption encryption) {

    private static final int KEY_BYTES = 32;

    /**
     * Who encrypts.
     *
     * @param kmsKey name of a key in Google's key service, or empty
     * @param customerKey base64 of a key of one's own, or empty
     */
    record Encryption(String kmsKey, Secret customerKey) {
        Encryption {
            if (!kmsKey.isEmpty() && !customerKey.isEmpty()) {
                throw new IllegalArgumentException("objects have one key, kmsKey and customerKey are both set");
            }
            if (!customerKey.isEmpty() && !isKey(customerKey)) {
                throw new IllegalArgumentException(
                        "customerKey is not base64 of an AES-256 key, expectedBytes=" + KEY_BYTES);
            }
        }

        private static boolean isKey(Secret key) {
            try {
                return Base64.getDecoder().decode(key.text()).length == KEY_BYTES;
            } catch (IllegalArgumentException notBase64) {
                return false;
            }
        }
    }

    ObjectSettings {
        Range.within("uploadThresholdBytes", uploadThresholdBytes, 0, 1 << 27);
    }

    static ObjectSettings of(GcsConfiguration configuration) {
        return new ObjectSettings(
                configuration.uploadThresholdBytes(),
                storageClass(configuration.storageClass().trim()),
                configuration.userProject().trim(),
                new Encryption(
                        configuration.kmsKey().trim(),
                        Secret.of("customerKey", configuration.customerKey(), configuration.customerKeyFile())));
    }

    private static Optional<StorageClass> storageClass(String name) {
        if (name.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(StorageClass.valueOfStrict(name));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("no such storage class, storageClass=" + name, e);
        }
    }
}
