package org.seawall.core.engine;

import java.io.IOException;
import java.time.Instant;
import org.seawall.spi.filesystem.FileInput;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;

/**
 * Where a repair puts what it changes or removes: {@code repair/20250628_140000_000/} in the log's directory. Nothing but an
 * operator removes it.
 */
final class Aside {
    private final FileCopy copies;
    private final Location directory;

    Aside(FileSystem files, LogLayout layout, Instant moment) {
        this.copies = new FileCopy(files, files);
        this.directory = directory(layout.directory(), moment);
    }

    static Location directory(Location home, Instant moment) {
        return home.child("repair")
                .child(Archive.moment(moment) + String.format("_%03d", moment.toEpochMilli() % 1_000));
    }

    Location directory() {
        return directory;
    }

    /** Copies a file as it is, durably. An earlier copy of other content stays under its name. */
    void keep(Location file) throws IOException {
        try (FileInput input = copies.from().open(file)) {
            Location copy = directory.child(file.name());
            for (int n = 2; taken(file, input.size(), copy); n++) {
                copy = directory.child(file.name() + "." + n);
            }
            copies.copy(file, input.size(), copy);
        }
    }

    private boolean taken(Location file, long length, Location copy) throws IOException {
        return copies.to().find(copy).isPresent() && !copies.equal(file, length, copy);
    }
}
