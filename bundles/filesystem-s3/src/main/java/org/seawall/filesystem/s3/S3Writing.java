package org.seawall.filesystem.s3;

/**
 * How objects are written.
 *
 * @param encryption on the store
 * @param kmsKeyId the key of the key service, or empty
 * @param customerKey the key that the store does not keep
 * @param storageClass or empty
 * @param thresholdBytes from which size on an object goes up in parts
 * @param partBytes the size of a part
 * @param parallelism how many parts go up at once
 */
record S3Writing(
        Encryption encryption,
        String kmsKeyId,
        Secret customerKey,
        String storageClass,
        long thresholdBytes,
        long partBytes,
        int parallelism) {

    /** What the store does with the bytes. */
    enum Encryption {
        NONE("none"),
        S3("s3"),
        KMS("kms"),
        CUSTOMER("customer");

        private final String text;

        Encryption(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
