package org.seawall.filesystem.common;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.seawall.spi.filesystem.FileInfo;
import org.seawall.spi.filesystem.Location;

/** One level of keys as a directory: by name, without the file system's own names and the markers that consoles make. */
final class Listing {

    private final Location directory;
    private final String prefix;
    private final List<FileInfo> found = new ArrayList<>();

    Listing(Location directory, String prefix) {
        this.directory = directory;
        this.prefix = prefix;
    }

    void add(Page page) {
        for (StoredObject object : page.objects()) {
            if (!object.key().equals(prefix)) {
                add(object.key(), new FileInfo(at(object.key()), false, object.size(), object.version()));
            }
        }
        for (String folded : page.prefixes()) {
            String key = folded.substring(0, folded.length() - 1);
            add(key, new FileInfo(at(key), true, 0, ""));
        }
    }

    private void add(String key, FileInfo info) {
        if (!key.startsWith(prefix + ObjectPath.OWN)) {
            found.add(info);
        }
    }

    /** Not {@link Location#child}, which refuses names that keys may have. */
    private Location at(String key) {
        return new Location(directory.scheme(), directory.path() + "/" + key.substring(prefix.length()));
    }

    boolean empty() {
        return found.isEmpty();
    }

    /** A file and a directory of one name are possible here, so the sort has to be stable. */
    List<FileInfo> sorted() {
        found.sort(Comparator.comparing(FileInfo::name));
        return List.copyOf(found);
    }
}
