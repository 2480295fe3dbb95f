package org.seawall.filesystem.gcs;

import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.Base64;

/** A service account's key as Google gives it, whose tokens come from a server of the test's. */
record TestKey(String account, String tokens, String key) {

    static TestKey of(String account, String tokens) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2_048);
            byte[] encoded = generator.generateKeyPair().getPrivate().getEncoded();
            return new TestKey(account, tokens, Base64.getEncoder().encodeToString(encoded));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has RSA", e);
        }
    }

    String json() {
        return "{\"type\": \"service_account\", \"project_id\": \"p\", \"private_key_id\": \"1\", \"private_key\":"
                + " \"-----BEGIN PRIVATE KEY-----\\n" + key + "\\n-----END PRIVATE KEY-----\\n\", \"client_email\": \""
                + account + "\", \"client_id\": \"1\", \"token_uri\": \"" + tokens + "\"}";
    }
}
