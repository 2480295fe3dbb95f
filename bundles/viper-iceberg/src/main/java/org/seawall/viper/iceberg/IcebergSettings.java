package org.seawall.viper.iceberg;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.iceberg.catalog.Namespace;
import org.osgi.framework.Constants;
import org.seawall.spi.filesystem.Location;

/**
 * A configuration, checked.
 *
 * @param name of the configuration, under which manifests are held
 * @param log name of the log whose collections are published
 * @param root where their stores are; absolute
 * @param catalog which catalog
 * @param everySeconds after how many seconds a manifest is published at the latest
 * @param everyFlushes after how many manifests; 0 for the time alone
 */
record IcebergSettings(
        String name, String log, Location root, CatalogSettings catalog, int everySeconds, int everyFlushes) {
    private static final String FILE = "felix.fileinstall.filename";
    private static final Pattern OF_A_FILE = Pattern.compile("[^-]*-(.+)\\.(cfg|config)");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.~-]{1,100}");
    private static final String NAMELESS = "default";
    private static final String LOCAL = "file";
    private static final int MAX_SECONDS = 86_400;
    private static final int MAX_FLUSHES = 1_000_000;
    private static final int LOOKS = 10;

    /**
     * Checks a configuration.
     *
     * @throws IllegalArgumentException naming the attribute, its value and what is expected
     */
    static IcebergSettings of(IcebergConfiguration configuration, Map<String, Object> properties) {
        String name = name(properties);
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "name of a configuration, expected 1 to 100 of letters, digits, _ . ~ -, name=" + name);
        }
        Location root = location("viper.url", configuration.viper_url());
        Location warehouse = configuration.warehouse().isBlank()
                ? root.child("iceberg").child(name)
                : location("warehouse", configuration.warehouse());
        if (!warehouse.scheme().equals(root.scheme())) {
            throw new IllegalArgumentException(
                    "warehouse on another kind of storage, expected=" + root.scheme() + ", warehouse=" + warehouse);
        }
        return new IcebergSettings(
                name,
                configuration.log().isBlank() ? name : configuration.log(),
                root,
                catalog(configuration, warehouse),
                within("everySeconds", configuration.everySeconds(), 1, MAX_SECONDS),
                within("everyFlushes", configuration.everyFlushes(), 0, MAX_FLUSHES));
    }

    private static CatalogSettings catalog(IcebergConfiguration configuration, Location warehouse) {
        String kind = configuration.catalog();
        boolean rest = "rest".equals(kind);
        if (!rest && !"jdbc".equals(kind)) {
            throw new IllegalArgumentException("kind of catalog, expected jdbc or rest, catalog=" + kind);
        }
        String uri = configuration.catalog_uri();
        if (uri.isBlank() && !rest && warehouse.scheme().equals(LOCAL)) {
            uri = CatalogSettings.SQLITE + warehouse.path() + "/catalog.db";
        }
        if (uri.isBlank()) {
            throw new IllegalArgumentException("catalog.uri is not set, expected "
                    + (rest ? "the address of a REST catalog" : CatalogSettings.SQLITE + "FILE") + ", warehouse="
                    + warehouse);
        }
        if (!rest && !uri.startsWith(CatalogSettings.SQLITE)) {
            throw new IllegalArgumentException(
                    "database that is not embedded, expected " + CatalogSettings.SQLITE + "FILE, catalog.uri=" + uri);
        }
        return new CatalogSettings(
                rest,
                configuration.catalog_name(),
                uri,
                warehouse,
                Namespace.of(configuration.namespace().split("\\.")),
                told(configuration));
    }

    private static Map<String, String> told(IcebergConfiguration configuration) {
        Map<String, String> told = new LinkedHashMap<>();
        for (String line : configuration.catalog_properties()) {
            int equals = line.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException(
                        "setting of the catalog, expected name=value, characters=" + line.length());
            }
            told.put(
                    line.substring(0, equals).trim(), line.substring(equals + 1).trim());
        }
        if (!configuration.catalog_credential().isBlank()) {
            told.put("credential", configuration.catalog_credential());
        }
        if (!configuration.catalog_token().isBlank()) {
            told.put("token", configuration.catalog_token());
        }
        return told;
    }

    /** A place as other processes find it, whose directory is another. */
    private static Location location(String attribute, String url) {
        if (url == null || url.isBlank()) {
            throw new IllegalArgumentException(attribute + " is not set, expected a directory or a URL");
        }
        Location location = Location.parse(url);
        return location.scheme().equals(LOCAL)
                ? new Location(
                        LOCAL,
                        Path.of(location.path()).toAbsolutePath().normalize().toString())
                : location;
    }

    private static int within(String attribute, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(
                    "attribute out of range, expected " + min + " to " + max + ", " + attribute + "=" + value);
        }
        return value;
    }

    /** The name of the PID {@code org.seawall.viper.iceberg~main} or of the file {@code org.seawall.viper.iceberg-main.cfg}. */
    private static String name(Map<String, Object> properties) {
        String pid = String.valueOf(properties.get(Constants.SERVICE_PID));
        int tilde = pid.indexOf('~');
        if (tilde >= 0) {
            return pid.substring(tilde + 1);
        }
        String file = String.valueOf(properties.get(FILE));
        Matcher named = OF_A_FILE.matcher(file.substring(file.lastIndexOf('/') + 1));
        return named.matches() ? named.group(1) : NAMELESS;
    }

    /** How often it is looked whether there is something to publish. */
    long lookMillis() {
        return everyFlushes == 0 ? everySeconds * 1000L : Math.max(1000L, everySeconds * 1000L / LOOKS);
    }
}
