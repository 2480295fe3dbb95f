package org.seawall.filesystem.azure;

import com.azure.storage.blob.models.AccessTier;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.seawall.filesystem.common.Range;
import org.seawall.filesystem.common.RetrySettings;
import org.seawall.spi.filesystem.AppendLimits;

/**
 * A configuration that was checked, but for who asks ({@link AzureIdentity}).
 *
 * @param place where the blobs are
 * @param http by which connections
 * @param objects how objects are written and read
 * @param calls how requests are repeated
 */
record AzureSettings(Place place, HttpSettings http, ObjectSettings objects, Calls calls) {

    /**
     * Where the blobs are.
     *
     * @param endpoint a URL, or empty
     * @param account a name, or empty
     */
    record Place(String endpoint, String account) {

        /** The account that is configured, where one is. */
        Optional<AzureAccount> known() {
            if (!endpoint.isEmpty()) {
                return Optional.of(AzureAccount.at(endpoint, account));
            }
            return account.isEmpty() ? Optional.empty() : Optional.of(AzureAccount.named(account));
        }

        boolean same(Place other) {
            return endpoint.equals(other.endpoint) && account.equals(other.account);
        }
    }

    /**
     * How objects are written and read.
     *
     * @param sizes of blocks and pages
     * @param parallelism how many blocks go up at once
     * @param tier of new ones, or empty
     * @param encryption of all
     */
    record ObjectSettings(Sizes sizes, int parallelism, Optional<AccessTier> tier, Encryption encryption) {

        ObjectSettings {
            Range.within("parallelism", parallelism, 1, 64);
        }

        private static Optional<AccessTier> tier(String name) {
            return switch (name) {
                case "" -> Optional.empty();
                case "Hot" -> Optional.of(AccessTier.HOT);
                case "Cool" -> Optional.of(AccessTier.COOL);
                case "Cold" -> Optional.of(AccessTier.COLD);
                default ->
                    throw new IllegalArgumentException(
                            "no access tier for a log, expected=Hot, Cool or Cold, accessTier=" + name);
            };
        }
    }

    /**
     * What is asked for at once.
     *
     * @param blockBytes from which size on objects go up in blocks, and the size of each
     * @param pageObjects how many a part of a list has at most
     * @param appendBlobs whether files may grow until they are sealed
     */
    record Sizes(int blockBytes, int pageObjects, boolean appendBlobs) {

        /** Azure's limit. */
        static final int MOST_OBJECTS = 5_000;

        /** Azure's limits of append blobs. */
        private static final int MOST_APPEND_BYTES = 100 << 20;

        private static final int MOST_APPENDS = 50_000;

        Sizes {
            Range.within("blockBytes", blockBytes, 1 << 16, 1 << 28);
        }

        /** How much an append blob takes: what is more than a block goes up in several, as a whole. */
        Optional<AppendLimits> appends() {
            return appendBlobs
                    ? Optional.of(new AppendLimits(Math.min(blockBytes, MOST_APPEND_BYTES), MOST_APPENDS))
                    : Optional.empty();
        }
    }

    /**
     * Who encrypts.
     *
     * @param scope name of an encryption scope, or empty
     * @param customerKey base64 of a key of one's own, or unset
     */
    record Encryption(String scope, Secret customerKey) {
        private static final int KEY_BYTES = 32;

        Encryption {
            if (!scope.isEmpty() && customerKey.isSet()) {
                throw new IllegalArgumentException(
                        "objects have one key, encryptionScope and customerKey are both set");
            }
            if (!customerKey.text().isEmpty()) {
                key(customerKey.text());
            }
        }

        /** The customer's key as it is now. */
        byte[] key() {
            return key(customerKey.read());
        }

        private static byte[] key(String text) {
            try {
                byte[] key = Base64.getDecoder().decode(text);
                if (key.length == KEY_BYTES) {
                    return key;
                }
            } catch (IllegalArgumentException notBase64) {
                // told below, without a cause that could quote the key
            }
            throw new IllegalArgumentException(
                    "customerKey is not base64 of an AES-256 key, expectedBytes=" + KEY_BYTES);
        }
    }

    /**
     * How requests are repeated.
     *
     * @param retries how often and how long
     * @param probes whether the storage is tried before it is trusted
     * @param notProbed containers that are not
     */
    record Calls(RetrySettings retries, boolean probes, Set<String> notProbed) {

        /** Whether a container is tried, by its name in a location. */
        boolean probes(String name) {
            return probes && !notProbed.contains(name.split("@", 2)[0]);
        }
    }

    static AzureSettings of(AzureConfiguration configuration, Map<String, String> environment) {
        Secret customerKey = new Secret("customerKey", configuration.customerKey(), configuration.customerKeyFile());
        return new AzureSettings(
                place(configuration, environment),
                HttpSettings.of(configuration),
                new ObjectSettings(
                        new Sizes(configuration.blockBytes(), Sizes.MOST_OBJECTS, configuration.appendBlobs()),
                        configuration.parallelism(),
                        ObjectSettings.tier(configuration.accessTier().trim()),
                        new Encryption(configuration.encryptionScope().trim(), customerKey)),
                new Calls(
                        retries(configuration), configuration.probe(), Set.copyOf(List.of(configuration.notProbed()))));
    }

    /** What is set, else what the credentials say. */
    private static Place place(AzureConfiguration configuration, Map<String, String> environment) {
        String account = configuration.account().trim();
        Place set = new Place(configuration.endpoint().trim(), account);
        if (set.known().isPresent()) {
            return set;
        }
        Optional<AzureAccount> told =
                AzureIdentity.of(configuration, environment).account();
        if (told.isPresent()) {
            return new Place(told.get().endpoint(), told.get().name());
        }
        boolean fromEnvironment = configuration.credentials().trim().equals("environment");
        Place named = new Place(
                "",
                fromEnvironment
                        ? environment.getOrDefault("AZURE_STORAGE_ACCOUNT", "").trim()
                        : "");
        named.known();
        return named;
    }

    private static RetrySettings retries(AzureConfiguration configuration) {
        return new RetrySettings(
                configuration.attempts(),
                Duration.ofMillis(configuration.retryDelayMillis()),
                Duration.ofMillis(configuration.retryDelayMaxMillis()),
                Duration.ofMillis(configuration.callTimeoutMillis()),
                configuration.retryBudget());
    }
}
