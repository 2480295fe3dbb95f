package org.seawall.testkit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.seawall.spi.filesystem.AppendFile;
import org.seawall.spi.filesystem.Capability;
import org.seawall.spi.filesystem.FileInput;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;

/**
 * What the memory of a machine holds of a storage and a loss of power takes away. The storage itself shows everything as it is
 * seen; a loss of power writes it anew as it is left. Where nothing can be forced everything is durable at once.
 */
final class VolatileState {
    private final FileSystem files;
    private final VolatileNames names = new VolatileNames();

    VolatileState(FileSystem files) {
        this.files = files;
    }

    private boolean forgets() {
        return files.capabilities().contains(Capability.FORCE);
    }

    /** The file of a name; what is met for the first time is durable. */
    VolatileFile file(Location location) {
        return names.seen(location).orElseGet(() -> names.durable(location, new VolatileFile()));
    }

    VolatileFile growing(Location location) throws IOException {
        VolatileFile file = file(location);
        return forgets() ? file.growing(read(location)) : file;
    }

    VolatileFile created(Location location) {
        return forgets()
                ? names.created(location, new VolatileFile().growing(new byte[0]))
                : names.durable(location, new VolatileFile());
    }

    void whole(Location location) {
        names.durable(location, new VolatileFile());
    }

    void forced(VolatileFile file) throws IOException {
        for (Location location : names.touched()) {
            if (names.seen(location).equals(Optional.of(file))) {
                file.forced(read(location));
            }
        }
    }

    void renamed(Location from, Location to) {
        file(from);
        names.renamed(from, to);
        forcedAtOnce(from.parent(), to.parent());
    }

    /** To be called before the file goes. */
    void deleting(Location location) throws IOException {
        file(location).deleted(read(location));
    }

    void deleted(Location location) {
        names.deleted(location);
        forcedAtOnce(location.parent());
    }

    void forcedDirectory(Location directory) {
        names.forced(directory);
    }

    /** To be called before a directory goes with what came into it since it was listed. */
    void deletingTree(Location directory) throws IOException {
        for (Location location : names.below(directory)) {
            deleting(location);
            names.deleted(location);
        }
    }

    void deletedTree(Location directory) {
        names.forcedTree(directory);
    }

    private void forcedAtOnce(Location... directories) {
        if (!forgets()) {
            Arrays.asList(directories).forEach(names::forced);
        }
    }

    /** Writes the storage as a loss of power leaves it. */
    void lose(Survival survival) throws IOException {
        Map<Location, byte[]> left = new LinkedHashMap<>();
        for (Map.Entry<Location, VolatileFile> entry : names.left(survival).entrySet()) {
            VolatileFile file = entry.getValue();
            left.put(entry.getKey(), file.left(seen(file), survival));
        }
        Set<Location> wrong = names.touched();
        for (Location location : List.copyOf(wrong)) {
            boolean there = files.find(location).isPresent();
            if (there == left.containsKey(location) && (!there || Arrays.equals(read(location), left.get(location)))) {
                wrong.remove(location);
            } else if (there) {
                files.delete(location);
            }
        }
        for (Map.Entry<Location, byte[]> entry : left.entrySet()) {
            if (wrong.contains(entry.getKey())) {
                write(entry.getKey(), entry.getValue());
            }
        }
    }

    private byte[] seen(VolatileFile file) throws IOException {
        for (Location location : names.touched()) {
            if (names.seen(location).equals(Optional.of(file))) {
                return read(location);
            }
        }
        return file.last().orElseThrow(() -> new IllegalStateException("file without a name was not deleted"));
    }

    private byte[] read(Location location) throws IOException {
        try (FileInput input = files.open(location)) {
            ByteBuffer content = ByteBuffer.allocate(Math.toIntExact(input.size()));
            input.read(0, content);
            return content.array();
        }
    }

    private void write(Location location, byte[] content) throws IOException {
        if (files.capabilities().contains(Capability.CREATE_EXCLUSIVE)) {
            files.create(location, List.of(ByteBuffer.wrap(content)));
            return;
        }
        try (AppendFile file = files.createAppendable(location)) {
            file.write(ByteBuffer.wrap(content));
            file.truncate(content.length);
            file.force();
        }
    }
}
