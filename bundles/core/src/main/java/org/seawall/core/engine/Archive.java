package org.seawall.core.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.seawall.spi.filesystem.Capability;
import org.seawall.spi.filesystem.FileInfo;
import org.seawall.spi.filesystem.FileInput;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;

/**
 * What a snapshot replaced, by the moment at which it did: {@code archive/20250628_140000/}. A file is moved here after
 * what replaces it is durable, and the oldest generations go when there are more than are kept.
 */
final class Archive {
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("uuuuMMdd_HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final Pattern GENERATION = Pattern.compile("[0-9]{8}_[0-9]{6}");

    private final FileSystem fileSystem;
    private final LogLayout layout;

    Archive(FileSystem fileSystem, LogLayout layout) {
        this.fileSystem = fileSystem;
        this.layout = layout;
    }

    /** The directory of what is archived at a moment. */
    static Location generation(LogLayout layout, Instant moment) {
        return layout.archive().child(MOMENT.format(moment));
    }

    /** Moves files of one directory to a generation. Durable on return; may be repeated after a crash. */
    void retire(List<Location> files, Instant moment) throws IOException {
        if (files.isEmpty()) {
            return;
        }
        Location generation = generation(layout, moment);
        Set<Capability> can = fileSystem.capabilities();
        for (Location file : files) {
            if (can.contains(Capability.ATOMIC_RENAME)) {
                fileSystem.rename(file, generation.child(file.name()));
            } else {
                copy(file, generation.child(file.name()));
                fileSystem.delete(file);
            }
        }
        if (can.contains(Capability.FORCE)) {
            fileSystem.forceDirectory(generation);
            fileSystem.forceDirectory(files.get(0).parent());
        }
    }

    /** Deletes the oldest generations, so that no more than a number are left. */
    void prune(int kept) throws IOException {
        List<FileInfo> generations = fileSystem.list(layout.archive()).stream()
                .filter(info ->
                        info.directory() && GENERATION.matcher(info.name()).matches())
                .sorted(Comparator.comparing(FileInfo::name))
                .toList();
        for (FileInfo generation : generations.subList(0, Math.max(0, generations.size() - kept))) {
            fileSystem.deleteTree(generation.location());
        }
    }

    private void copy(Location from, Location to) throws IOException {
        if (fileSystem.find(to).isPresent()) {
            return;
        }
        try (FileInput input = fileSystem.open(from)) {
            ByteBuffer content = ByteBuffer.allocate(Math.toIntExact(input.size()));
            input.read(0, content);
            fileSystem.create(to, List.of(content.flip()));
        }
    }
}
