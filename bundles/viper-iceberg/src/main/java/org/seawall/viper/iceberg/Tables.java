package org.seawall.viper.iceberg;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SessionCatalog.SessionContext;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.apache.iceberg.jdbc.JdbcClientPool;
import org.apache.iceberg.jdbc.UncheckedSQLException;
import org.apache.iceberg.rest.HTTPClient;
import org.apache.iceberg.rest.RESTSessionCatalog;
import org.apache.iceberg.rest.RESTUtil;
import org.seawall.spi.filesystem.FileSystem;
import org.sqlite.JDBC;

/**
 * A catalog of tables that is open, with its namespace there. For one thread, which closes it.
 *
 * @param catalog finds tables by name
 * @param closing lets its connections go
 */
record Tables(Catalog catalog, Closeable closing) implements AutoCloseable {
    private static final String BUSY_MILLIS = "20000";
    private static final String REPORTER = "metrics-reporter-impl";
    private static final String QUIET = "org.apache.iceberg.metrics.InMemoryMetricsReporter";

    /**
     * Opens a catalog; one in a file is created if it is missing.
     *
     * @throws IOException if its directory cannot be made
     * @throws RuntimeException if it is not reached, or refuses
     */
    static Tables open(CatalogSettings settings, FileSystem files) throws IOException {
        return settings.rest() ? rest(settings, files) : jdbc(settings, files);
    }

    private static Tables jdbc(CatalogSettings settings, FileSystem files) throws IOException {
        Path directory = Path.of(settings.uri().substring(CatalogSettings.SQLITE.length()))
                .getParent();
        if (directory != null) {
            Files.createDirectories(directory);
        }
        JdbcCatalog catalog = new JdbcCatalog(
                properties -> new StoreFileIO(files),
                properties -> new SqliteClients(settings.uri(), properties),
                true);
        Map<String, String> properties = properties(settings);
        properties.put(
                CatalogProperties.WAREHOUSE_LOCATION, settings.warehouse().toString());
        properties.put(CatalogProperties.CLIENT_POOL_SIZE, "1");
        properties.put("jdbc.schema-version", "V1");
        catalog.initialize(settings.name(), properties);
        Namespace namespace = settings.namespace();
        if (!catalog.namespaceExists(namespace)) {
            created(() -> catalog.createNamespace(namespace, Map.of()));
        }
        return new Tables(catalog, catalog::close);
    }

    private static Tables rest(CatalogSettings settings, FileSystem files) {
        RESTSessionCatalog catalog = new RESTSessionCatalog(
                properties -> HTTPClient.builder(properties)
                        .uri(properties.get(CatalogProperties.URI))
                        .withHeaders(RESTUtil.configHeaders(properties))
                        .build(),
                (context, properties) -> new StoreFileIO(files));
        Map<String, String> properties = properties(settings);
        properties.putAll(settings.properties());
        catalog.initialize(settings.name(), properties);
        SessionContext context = SessionContext.createEmpty();
        Namespace namespace = settings.namespace();
        if (!catalog.namespaceExists(context, namespace)) {
            created(() -> catalog.createNamespace(context, namespace, Map.of()));
        }
        return new Tables(catalog.asCatalog(context), catalog);
    }

    private static Map<String, String> properties(CatalogSettings settings) {
        return new HashMap<>(Map.of(CatalogProperties.URI, settings.uri(), REPORTER, QUIET));
    }

    private static void created(Runnable creation) {
        try {
            creation.run();
        } catch (AlreadyExistsException e) {
            // another publisher was faster, which is all that is wanted
        }
    }

    @Override
    public void close() {
        try {
            closing.close();
        } catch (IOException e) {
            throw new UncheckedIOException("catalog not closed", e);
        }
    }

    /** Connections without the platform's list of drivers, which knows nothing of those inside of a bundle. */
    private static final class SqliteClients extends JdbcClientPool {
        private final String url;

        SqliteClients(String url, Map<String, String> properties) {
            super(url, properties);
            this.url = url;
        }

        @Override
        protected Connection newClient() {
            Properties patient = new Properties();
            patient.put("busy_timeout", BUSY_MILLIS);
            try {
                return new JDBC().connect(url, patient);
            } catch (SQLException e) {
                throw new UncheckedSQLException(e, "catalog not opened, catalog.uri=%s", url);
            }
        }
    }
}
