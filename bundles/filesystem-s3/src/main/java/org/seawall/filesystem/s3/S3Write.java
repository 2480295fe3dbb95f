package org.seawall.filesystem.s3;

import java.util.Optional;

/**
 * A write of an object.
 *
 * @param bucket where
 * @param key where
 * @param putId goes with it
 * @param expected the ETag that is to be replaced, or empty if nothing may be there
 * @param writing how
 */
record S3Write(String bucket, String key, String putId, Optional<String> expected, S3Writing writing) {}
