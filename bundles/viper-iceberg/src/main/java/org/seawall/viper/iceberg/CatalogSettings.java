package org.seawall.viper.iceberg;

import java.util.Map;
import org.apache.iceberg.catalog.Namespace;
import org.seawall.spi.filesystem.Location;

/**
 * Which catalog tables are found in.
 *
 * @param rest whether it is one behind a REST endpoint; a database file otherwise
 * @param name what it is called, by which a database tells several
 * @param uri where it is
 * @param warehouse the directory of the tables' own files
 * @param namespace of all tables
 * @param properties what else a REST endpoint is told, credentials among it
 */
record CatalogSettings(
        boolean rest,
        String name,
        String uri,
        Location warehouse,
        Namespace namespace,
        Map<String, String> properties) {

    /** What the address of a database file begins with. */
    static final String SQLITE = "jdbc:sqlite:";

    /** Copies the properties. */
    CatalogSettings {
        properties = Map.copyOf(properties);
    }

    /** Without the properties, which may hold secrets. */
    @Override
    public String toString() {
        return (rest ? "rest " : "jdbc ") + name + " " + uri;
    }
}
