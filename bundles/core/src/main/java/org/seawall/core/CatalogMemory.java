package org.seawall.core;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.seawall.core.catalog.CatalogStart.Remembered;
import org.seawall.spi.filesystem.Location;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file in the bundle's own data area that remembers where a log's catalog was when the log was last open. By it a
 * configuration that was changed while nobody looked is told from a new log. Without it that is not told, and nothing else is
 * lost. For one thread at a time.
 */
final class CatalogMemory {
    private static final Logger LOG = LoggerFactory.getLogger(CatalogMemory.class);

    private final Optional<Path> file;
    private Optional<Remembered> last;

    /** Remembers in a file, or nothing at all. */
    CatalogMemory(Optional<Path> file) {
        this.file = file;
        this.last = file.filter(Files::exists).flatMap(CatalogMemory::read);
    }

    /** Where the catalog was last. */
    Optional<Remembered> last() {
        return last;
    }

    private static Optional<Remembered> read(Path file) {
        try {
            List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
            return Optional.of(
                    new Remembered(Location.parse(lines.get(1)), Long.parseLong(lines.get(0)), file.toString()));
        } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
            LOG.warn("it is not known where the catalog was last, file={}", file, e);
            return Optional.empty();
        }
    }

    /** Remembers where the catalog is, durably, if it is not where it was, or has got its first collection. */
    void remember(Location place, long sequence) {
        boolean known = last.filter(there -> there.place().equals(place) && (there.sequence() > 0 || sequence == 0))
                .isPresent();
        if (file.isEmpty() || known) {
            return;
        }
        try {
            write(file.get(), sequence + "\n" + place + "\n");
            last = Optional.of(new Remembered(place, sequence, file.get().toString()));
        } catch (IOException e) {
            LOG.warn("not remembered where the catalog is, tried again, catalog={}, file={}", place, file.get(), e);
        }
    }

    /** Forgets: a log of the same name that is made anew is another one. */
    void forget() {
        last = Optional.empty();
        if (file.isPresent()) {
            try {
                Files.deleteIfExists(file.get());
            } catch (IOException e) {
                LOG.warn("a log of the same name will look for its catalog where this one was, file={}", file.get(), e);
            }
        }
    }

    private static void write(Path file, String text) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.createDirectories(file.toAbsolutePath().getParent());
        try (FileChannel channel = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer content = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (content.hasRemaining()) {
                channel.write(content);
            }
            channel.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel directory = FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            directory.force(true);
        }
    }
}
