package org.seawall.viper.iceberg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.seawall.spi.filesystem.Location;

/** What a configuration comes to, and what is refused. */
class IcebergSettingsTest {

    @Test
    void aDirectoryIsEnough() {
        IcebergSettings settings = settings(Map.of("viper_url", "data/viper"));
        String root = Path.of("data/viper").toAbsolutePath().toString();
        assertEquals(new Location("file", root), settings.root(), "as other processes find it");
        assertEquals("main", settings.log());
        assertEquals(
                "jdbc:sqlite:" + root + "/iceberg/main/catalog.db",
                settings.catalog().uri());
        assertEquals(
                "file:" + root + "/iceberg/main", settings.catalog().warehouse().toString());
        assertEquals(6_000, settings.lookMillis());
        assertEquals(
                60_000, settings(Map.of("viper_url", "v", "everyFlushes", 0)).lookMillis());
        assertEquals(
                1_000, settings(Map.of("viper_url", "v", "everySeconds", 1)).lookMillis());
    }

    @Test
    void aRestCatalogIsToldWhatItIsToBe() {
        IcebergSettings settings = settings(Map.of(
                "viper_url",
                "s3://bucket/viper",
                "catalog",
                "rest",
                "catalog_uri",
                "https://catalog/api",
                "catalog_properties",
                new String[] {"warehouse=main", "scope = all"},
                "catalog_token",
                "secret"));
        assertEquals(
                Map.of("warehouse", "main", "scope", "all", "token", "secret"),
                settings.catalog().properties());
        assertFalse(settings.toString().contains("secret"), settings.toString());
    }

    @Test
    void whatCannotBeIsRefusedByName() {
        refused("viper.url is not set", Map.of("viper_url", " "));
        refused("catalog.uri is not set", Map.of("viper_url", "s3://bucket/viper"));
        refused("catalog.uri is not set", Map.of("viper_url", "v", "catalog", "rest"));
        refused("kind of catalog", Map.of("viper_url", "v", "catalog", "hive"));
        refused("database that is not embedded", Map.of("viper_url", "v", "catalog_uri", "jdbc:h2:x"));
        refused("warehouse on another kind of storage", Map.of("viper_url", "v", "warehouse", "s3://bucket/w"));
        refused("setting of the catalog", Map.of("viper_url", "v", "catalog_properties", new String[] {"x"}));
        refused("attribute out of range", Map.of("viper_url", "v", "everySeconds", 0));
        refused("attribute out of range", Map.of("viper_url", "v", "everyFlushes", -1));
    }

    private static void refused(String begin, Map<String, Object> configured) {
        String message = assertThrows(IllegalArgumentException.class, () -> settings(configured))
                .getMessage();
        assertEquals(begin, message.substring(0, Math.min(begin.length(), message.length())), message);
    }

    /** As Declarative Services does it: what is not configured has its default. */
    private static IcebergSettings settings(Map<String, Object> configured) {
        IcebergConfiguration configuration = (IcebergConfiguration) Proxy.newProxyInstance(
                IcebergConfiguration.class.getClassLoader(),
                new Class<?>[] {IcebergConfiguration.class},
                (proxy, method, given) -> configured.getOrDefault(method.getName(), method.getDefaultValue()));
        return IcebergSettings.of(configuration, Map.of("service.pid", "org.seawall.viper.iceberg~main"));
    }
}
