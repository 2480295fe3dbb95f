package org.seawall.core.engine;

import java.io.IOException;
import java.time.Instant;
import org.seawall.spi.filesystem.Capability;
import org.seawall.spi.filesystem.FileInfo;
import org.seawall.spi.filesystem.FileInput;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;

/** A directory of segments that no catalog names, as a create that was cut off leaves it. */
public final class OrphanDirectory {
    private final FileSystem files;
    private final FileCopy copies;
    private final Location directory;
    private final Location aside;

    /**
     * A directory.
     *
     * @param files its files
     * @param now the moment, for names
     */
    public OrphanDirectory(LogFiles files, Instant now) {
        this.files = files.fileSystem();
        this.copies = new FileCopy(this.files, this.files);
        this.directory = files.layout().directory();
        this.aside = Aside.directory(directory.parent(), now).child(directory.name());
    }

    /**
     * Where it is moved to.
     *
     * @return a directory beside those of the collections
     */
    public Location aside() {
        return aside;
    }

    /**
     * Moves all files aside, durably; the rest is moved when it is done again after a crash.
     *
     * @throws IOException if the storage fails
     */
    public void moveAside() throws IOException {
        move(directory, aside);
        files.deleteTree(directory);
    }

    private void move(Location from, Location to) throws IOException {
        for (FileInfo info : files.list(from)) {
            if (info.directory()) {
                move(info.location(), to.child(info.name()));
            } else {
                moveFile(info.location(), to.child(info.name()));
            }
        }
        copies.force(to);
    }

    private void moveFile(Location from, Location to) throws IOException {
        if (files.capabilities().contains(Capability.ATOMIC_RENAME)) {
            files.rename(from, to);
            return;
        }
        try (FileInput input = files.open(from)) {
            copies.copy(from, input.size(), to);
        }
        files.delete(from);
    }
}
