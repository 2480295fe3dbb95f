package org.seawall.core.catalog;

import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;
import org.seawall.spi.filesystem.Capability;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;
import org.seawall.testkit.ForwardingFileSystem;
import org.seawall.testkit.Limited;

/** A storage as an object store is: files are created whole, and nothing keeps other processes away. */
final class Unlocked extends ForwardingFileSystem {
    /** What an object store can do. */
    static final Set<Capability> OBJECTS = EnumSet.of(
            Capability.CREATE_EXCLUSIVE, Capability.CONDITIONAL_REPLACE, Capability.STRONG_LIST, Capability.RANGE_READ);

    private final FileSystem whole;

    private Unlocked(FileSystem whole) {
        super(new Limited(whole, OBJECTS));
        this.whole = whole;
    }

    static Unlocked of(FileSystem files) {
        return new Unlocked(files);
    }

    FileSystem files() {
        return whole;
    }

    /** Durable at once, as on an object store. */
    @Override
    public void delete(Location file) throws IOException {
        whole.delete(file);
        if (whole.capabilities().contains(Capability.FORCE)
                && whole.find(file.parent()).isPresent()) {
            whole.forceDirectory(file.parent());
        }
    }
}
