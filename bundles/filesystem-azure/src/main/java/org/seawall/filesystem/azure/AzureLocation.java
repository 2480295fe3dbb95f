package org.seawall.filesystem.azure;

import java.util.Optional;

/**
 * A container, as a location names it: {@code container}, or {@code container@account.dfs.core.windows.net}.
 *
 * @param container its name
 * @param account the account, where the location names one
 */
record AzureLocation(String container, Optional<AzureAccount> account) {

    /** Azure's rule for names, and the containers that Azure itself makes, such as {@code $web}. */
    private static final String NAME = "[a-z0-9](?:-?[a-z0-9]){2,62}|\\$[a-z]{3,20}";

    static AzureLocation of(String name) {
        int at = name.indexOf('@');
        String container = at < 0 ? name : name.substring(0, at);
        if (!container.matches(NAME) || container.length() > 63) {
            throw new IllegalArgumentException(
                    "not the name of a container, expected=3 to 63 lower-case letters, digits"
                            + " and single dashes, container=" + container);
        }
        return new AzureLocation(
                container, at < 0 ? Optional.empty() : Optional.of(AzureAccount.host(name.substring(at + 1))));
    }
}
