package org.seawall.filesystem.azure;

import java.util.Map;
import java.util.TreeMap;
import org.seawall.StorageDeniedException;

/**
 * What the portal gives to be copied: {@code AccountName=…;AccountKey=…;EndpointSuffix=…}.
 *
 * @param account where the blobs are
 * @param accountKey the key, or unset
 * @param sasToken a signature in place of the key, or unset
 */
record ConnectionString(AzureAccount account, Secret accountKey, Secret sasToken) {

    /** Known to everybody: the account of the emulators. */
    private static final String EMULATOR = "DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey="
            + "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==;"
            + "BlobEndpoint=http://127.0.0.1:10000/devstoreaccount1";

    /** Reads one. No message quotes it. */
    static ConnectionString parse(String text) {
        Map<String, String> parts = parts(text);
        if (parts.getOrDefault("UseDevelopmentStorage", "").equalsIgnoreCase("true")) {
            return parse(EMULATOR);
        }
        Secret key = new Secret("accountKey", parts.getOrDefault("AccountKey", ""), "");
        Secret sas = new Secret("sasToken", parts.getOrDefault("SharedAccessSignature", ""), "");
        if (key.isSet() == sas.isSet()) {
            throw new StorageDeniedException(
                    "connection string needs AccountKey or SharedAccessSignature, parts=" + parts.keySet());
        }
        return new ConnectionString(account(parts), key, sas);
    }

    private static AzureAccount account(Map<String, String> parts) {
        String name = parts.getOrDefault("AccountName", "");
        String endpoint = parts.getOrDefault("BlobEndpoint", "");
        if (endpoint.isEmpty() && name.isEmpty()) {
            throw new StorageDeniedException(
                    "connection string needs AccountName or BlobEndpoint, parts=" + parts.keySet());
        }
        if (endpoint.isEmpty()) {
            endpoint = parts.getOrDefault("DefaultEndpointsProtocol", "https") + "://" + name + ".blob."
                    + parts.getOrDefault("EndpointSuffix", "core.windows.net");
        }
        return AzureAccount.at(endpoint, name);
    }

    private static Map<String, String> parts(String text) {
        Map<String, String> parts = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String part : text.split(";")) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                parts.put(
                        part.substring(0, equals).trim(),
                        part.substring(equals + 1).trim());
            } else if (!part.isBlank()) {
                throw new StorageDeniedException(
                        "connection string has a part without a name, parts=" + parts.keySet());
            }
        }
        return parts;
    }
}
