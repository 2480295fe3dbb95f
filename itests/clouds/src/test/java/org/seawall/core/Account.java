package org.seawall.core;

import java.lang.reflect.Method;
import java.net.URI;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.seawall.spi.filesystem.Location;

/**
 * A place at a provider, and the settings of the file system that reaches it, as the environment names them: for S3
 * {@code SEAWALL_S3_URL}, and for the setting {@code accessKey} {@code SEAWALL_S3_ACCESS_KEY}.
 *
 * @param root below the URL that is given, and not there before
 * @param set the settings that the environment names
 */
record Account(Location root, Map<String, Object> set) implements Server {

    /** The account of a cloud, if its URL is set. */
    static Optional<Account> of(Cloud cloud, Class<?> configuration, Map<String, String> environment) {
        String prefix = prefix(cloud);
        Optional<String> url = value(environment, prefix + "URL");
        Map<String, Object> set = new HashMap<>();
        for (Method setting : configuration.getDeclaredMethods()) {
            String name =
                    prefix + setting.getName().replaceAll("([A-Z])", "_$1").toUpperCase(Locale.ROOT);
            value(environment, name).ifPresent(text -> set.put(setting.getName(), typed(setting, text)));
        }
        return url.map(text -> new Account(Location.parse(text).child("seawall-" + UUID.randomUUID()), set));
    }

    static String prefix(Cloud cloud) {
        return "SEAWALL_" + cloud + "_";
    }

    private static Optional<String> value(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).filter(text -> !text.isBlank());
    }

    private static Object typed(Method setting, String text) {
        Class<?> type = setting.getReturnType();
        if (type == boolean.class) {
            return Boolean.valueOf(text);
        }
        if (type == int.class) {
            return Integer.valueOf(text);
        }
        if (type == long.class) {
            return Long.valueOf(text);
        }
        return type == String[].class ? text.split(",") : text;
    }

    @Override
    public URI endpoint() {
        return URI.create(String.valueOf(set.getOrDefault("endpoint", "")));
    }

    /** The path of an emulator's endpoint, which names the account, stays behind a proxy. */
    @Override
    public Map<String, Object> settings(URI endpoint) {
        Map<String, Object> all = new HashMap<>(set);
        all.put(
                "endpoint",
                (endpoint.getPath().isEmpty() ? endpoint.resolve(endpoint().getPath()) : endpoint).toString());
        return all;
    }

    @Override
    public Map<String, Object> rotated(URI endpoint) {
        return settings(endpoint);
    }

    @Override
    public Location place() {
        return root.child(UUID.randomUUID().toString());
    }

    /** Never the settings: there are secrets in them. */
    @Override
    public String toString() {
        return "Account[root=" + root + "]";
    }
}
