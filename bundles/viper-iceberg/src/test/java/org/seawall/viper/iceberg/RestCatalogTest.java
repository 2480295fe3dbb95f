package org.seawall.viper.iceberg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.exceptions.NotAuthorizedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seawall.testkit.MemoryFileSystem;
import org.seawall.viper.manifest.PartEntry;
import org.seawall.viper.store.VectorStore;

/** The same tables through a REST catalog. */
class RestCatalogTest {
    private static final String TOKEN = "secret";

    @TempDir
    private Path home;

    @Test
    void aTableShowsWhatItsStoreHolds() throws IOException {
        Place behind = new Place(new MemoryFileSystem(), home);
        try (Tables served = behind.tables();
                RestServer server = new RestServer(served.catalog(), TOKEN);
                VectorStore store = behind.open(1)) {
            Place place = behind.at(rest(behind, server, TOKEN));
            Place.flush(store, List.of("a", "b", "c"), List.of());
            place.publish();
            assertEquals(Place.held(store), place.shown());
            Place.flush(store, List.of("b", "d"), List.of("a"));
            place.publish();
            assertEquals(Place.held(store), place.shown());
            store.compact(store.manifest().parts().stream().map(PartEntry::name).toList(), 0);
            place.publish();
            assertEquals(Place.held(store), place.shown());

            int before = server.requests().size();
            place.publish();
            assertTrue(
                    server.requests().subList(before, server.requests().size()).stream()
                            .noneMatch(request -> request.startsWith("POST")),
                    server.requests().toString());

            place.files.deleteTree(place.store);
            try (Tables tables = place.tables()) {
                assertEquals(
                        List.of("vectors.docs"), place.publisher(tables, "main").dropOthers(Place.ROOT, Set.of()));
                assertEquals(List.of(), tables.catalog().listTables(Place.NAMESPACE));
            }
        }
    }

    @Test
    void aWrongTokenIsRefused() throws IOException {
        Place behind = new Place(new MemoryFileSystem(), home);
        try (Tables served = behind.tables();
                RestServer server = new RestServer(served.catalog(), TOKEN)) {
            Place place = behind.at(rest(behind, server, "guess"));
            assertThrows(NotAuthorizedException.class, place::publish);
        }
    }

    private static CatalogSettings rest(Place behind, RestServer server, String token) {
        return new CatalogSettings(
                true, "main", server.uri(), behind.settings.warehouse(), Place.NAMESPACE, Map.of("token", token));
    }
}
