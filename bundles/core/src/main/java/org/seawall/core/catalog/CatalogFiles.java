package org.seawall.core.catalog;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.seawall.LogCorruptException;
import org.seawall.LoggedEntry;
import org.seawall.catalog.CollectionInfo;
import org.seawall.core.engine.Inspected;
import org.seawall.core.engine.Inspection;
import org.seawall.core.engine.LogFiles;
import org.seawall.core.engine.LogInspection;
import org.seawall.core.memtable.LiveCursor;
import org.seawall.core.memtable.Memtable;
import org.seawall.spi.filesystem.Location;

/**
 * What the files of a catalog say, without opening it.
 *
 * @param inspected what is to be said of the files
 * @param collections the collections, as far as the catalog could be read
 * @param dropping those whose drop is durable, and whose files the next start removes
 * @param detail what is wrong with an entry, or empty
 * @param move that the catalog is on its way to or from another place, or empty
 * @param froms from where the collections come that are on their way from another place, by id
 */
public record CatalogFiles(
        Inspected inspected,
        List<CollectionInfo> collections,
        List<CollectionInfo> dropping,
        String detail,
        String move,
        Map<String, String> froms) {
    /** Copies the lists. */
    public CatalogFiles {
        froms = Map.copyOf(froms);
        collections = List.copyOf(collections);
        dropping = List.copyOf(dropping);
    }

    /**
     * Reads a catalog up to the first damage, and verifies all of it.
     *
     * @param files the catalog's files
     * @param inspection how to read them
     * @return what they say
     * @throws IOException if a directory cannot be listed
     */
    public static CatalogFiles read(LogFiles files, Inspection inspection) throws IOException {
        Memtable[] records = {new Memtable()};
        Inspected inspected = new LogInspection(files, inspection).run(() -> {
            Memtable fresh = new Memtable();
            records[0] = fresh;
            return (first, batch, sound) -> {
                if (sound) {
                    fresh.add(first, batch);
                }
            };
        });
        return of(inspected, records[0], files.layout().directory());
    }

    private static CatalogFiles of(Inspected inspected, Memtable records, Location root) {
        List<CollectionInfo> collections = new ArrayList<>();
        List<CollectionInfo> dropping = new ArrayList<>();
        String detail = "";
        String move = "";
        Map<String, String> froms = new HashMap<>();
        LiveCursor live = records.live(0);
        while (live.next()) {
            LoggedEntry logged = new LoggedEntry(live.sequence(), live.entry());
            try {
                if (MoveRecord.is(logged)) {
                    move = MoveRecord.of(logged).words(root);
                } else {
                    CollectionRecord found = CollectionRecord.of(logged);
                    (found.dropping() ? dropping : collections).add(found.info());
                    found.from()
                            .ifPresent(from -> froms.put(
                                    found.info().id().toString(), from.place().url()));
                }
            } catch (LogCorruptException e) {
                detail = String.valueOf(e.getMessage());
            }
        }
        return new CatalogFiles(inspected, collections, dropping, detail, move, froms);
    }
}
