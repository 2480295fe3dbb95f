package org.seawall.filesystem.s3;

import java.net.URI;
import java.util.Optional;

/**
 * Where credentials come from.
 *
 * @param source the kind
 * @param accessKey id of a key
 * @param secretKey its secret
 * @param sessionToken of a temporary key
 * @param profile name of a profile, or empty for the default
 * @param role what is assumed
 */
record S3Keys(
        Source source, Secret accessKey, Secret secretKey, Secret sessionToken, Optional<String> profile, Role role) {

    /** The kinds of credentials, under the names that configurations use. */
    enum Source {
        DEFAULT("default"),
        STATIC("static"),
        ENVIRONMENT("environment"),
        PROFILE("profile"),
        CONTAINER("container"),
        INSTANCE("instance"),
        WEB_IDENTITY("webIdentity"),
        ASSUME_ROLE("assumeRole"),
        ANONYMOUS("anonymous");

        private final String text;

        Source(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /**
     * A role.
     *
     * @param arn its name, or empty
     * @param externalId what its owner asks for, or empty
     * @param tokenFile the token of a web identity, or empty
     * @param endpoint who gives it, or empty for AWS
     */
    record Role(String arn, String externalId, String tokenFile, Optional<URI> endpoint) {}

    boolean hasKey() {
        return accessKey.isSet() && secretKey.isSet();
    }
}
