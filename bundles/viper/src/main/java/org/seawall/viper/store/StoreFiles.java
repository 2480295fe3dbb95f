package org.seawall.viper.store;

import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;
import org.seawall.viper.manifest.FileNames;

/**
 * Where the files of a store are.
 *
 * @param files on which file system
 * @param directory the store's own
 */
public record StoreFiles(FileSystem files, Location directory) {
    /** Of every part's rotation: any number will do, and one is as good as another. */
    static final long SEED = 0x5ea3a11;

    Location manifests() {
        return directory.child("manifests");
    }

    Location parts() {
        return directory.child("parts");
    }

    Location part(String name) {
        return parts().child(name + FileNames.PART);
    }

    Location sidecar(String name) {
        return parts().child(name + FileNames.SIDECAR);
    }

    Location deletes(String name) {
        return parts().child(name + FileNames.DELETES);
    }
}
