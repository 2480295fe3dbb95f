package org.seawall.viper.store;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.function.Consumer;
import org.seawall.LogCorruptException;
import org.seawall.SeawallException;
import org.seawall.catalog.Metric;
import org.seawall.spi.filesystem.Capability;
import org.seawall.spi.filesystem.FileInput;
import org.seawall.viper.part.BlockCache;
import org.seawall.viper.part.PartReader;
import org.seawall.viper.sidecar.Sidecar;
import org.seawall.viper.sidecar.SidecarBuilder;
import org.seawall.viper.sidecar.SidecarFile;

/**
 * Opens parts. A sidecar that is missing or damaged is made again from its part, in memory, and whoever asked to is told.
 */
final class PartOpener {
    private final StoreFiles files;
    private final Metric metric;
    private final Consumer<Exception> damage;
    private final BlockCache blocks;

    PartOpener(StoreFiles files, Metric metric, Consumer<Exception> damage, BlockCache blocks) {
        this.files = files;
        this.metric = metric;
        this.damage = damage;
        this.blocks = blocks;
    }

    /**
     * @throws LogCorruptException if the part is missing or damaged; names it
     * @throws IOException if the storage fails
     */
    OpenPart open(String name) throws IOException {
        FileInput input = part(name);
        try {
            return open(name, input);
        } catch (IOException | RuntimeException e) {
            input.close();
            throw e;
        }
    }

    /** Whether each read is a request to another machine. A disk is cached by the system. */
    boolean remote() {
        return !files.files().capabilities().contains(Capability.APPEND);
    }

    private FileInput part(String name) throws IOException {
        try {
            FileInput input = files.files().open(files.part(name));
            return remote() ? blocks.over(input) : input;
        } catch (NoSuchFileException e) {
            LogCorruptException missing = new LogCorruptException(
                    "part is missing", "a file", "none", 0, files.part(name).toString());
            missing.initCause(e);
            throw missing;
        }
    }

    private OpenPart open(String name, FileInput input) throws IOException {
        try {
            Sidecar sidecar = sidecar(name, input);
            return new OpenPart(new PartReader(input, sidecar.pages()), sidecar);
        } catch (NoSuchFileException | SeawallException e) {
            damage.accept(e);
            PartReader reader = PartReader.open(input);
            return new OpenPart(reader, SidecarBuilder.rebuild(reader, metric, StoreFiles.SEED));
        }
    }

    private Sidecar sidecar(String name, FileInput part) throws IOException {
        try (FileInput input = files.files().open(files.sidecar(name))) {
            Sidecar sidecar = SidecarFile.read(input);
            if (sidecar.codes().metric() != metric || sidecar.pages().fileBytes() != part.size()) {
                throw new LogCorruptException(
                        "sidecar of another part",
                        metric + ", " + part.size() + " bytes",
                        sidecar.codes().metric() + ", " + sidecar.pages().fileBytes() + " bytes",
                        0,
                        input.location().toString());
            }
            return sidecar;
        }
    }
}
