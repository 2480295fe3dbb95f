package org.seawall.viper.manifest;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.seawall.LogCorruptException;
import org.seawall.OutcomeUnknownException;
import org.seawall.spi.filesystem.FileInfo;
import org.seawall.spi.filesystem.FileInput;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;

/**
 * The manifests of a collection: a file for each version, created if absent, the highest is the collection. Safe for use by several
 * threads and processes.
 */
public final class ManifestLog {
    private static final String PREFIX = "manifest-";
    private static final int MAX_BYTES = 64 << 20;
    private static final int ATTEMPTS = 3;

    private final FileSystem files;
    private final Location directory;

    /**
     * Names a place; nothing is read.
     *
     * @param files where
     * @param directory where the manifests are
     */
    public ManifestLog(FileSystem files, Location directory) {
        this.files = files;
        this.directory = directory;
    }

    /**
     * The versions that are there.
     *
     * @return ascending
     * @throws IOException if the storage fails
     */
    public List<Long> versions() throws IOException {
        return new ArrayList<>(files().keySet());
    }

    private TreeMap<Long, FileInfo> files() throws IOException {
        TreeMap<Long, FileInfo> found = new TreeMap<>();
        for (FileInfo info : files.list(directory)) {
            if (info.name().matches(PREFIX + "[0-9]{19}")) {
                found.put(Long.parseLong(info.name().substring(PREFIX.length())), info);
            }
        }
        return found;
    }

    /**
     * Reads the manifest of the highest version.
     *
     * @return the manifest, or empty if there is none
     * @throws LogCorruptException if it is damaged
     * @throws IOException if the storage fails
     */
    public Optional<Manifest> newest() throws IOException {
        TreeMap<Long, FileInfo> found = files();
        return found.isEmpty()
                ? Optional.empty()
                : Optional.of(read(found.lastEntry().getValue()));
    }

    /**
     * Reads a manifest.
     *
     * @param version its version
     * @return the manifest
     * @throws java.nio.file.NoSuchFileException if it is not there, or not any more
     * @throws LogCorruptException if it is damaged
     * @throws IOException if the storage fails
     */
    public Manifest read(long version) throws IOException {
        try (FileInput input = files.open(file(version))) {
            return read(input, version);
        }
    }

    private Manifest read(FileInfo info) throws IOException {
        try (FileInput input = files.open(info)) {
            return read(input, Long.parseLong(info.name().substring(PREFIX.length())));
        }
    }

    private static Manifest read(FileInput input, long version) throws IOException {
        String file = input.location().toString();
        if (input.size() > MAX_BYTES) {
            throw new LogCorruptException(
                    "length of a manifest", "up to " + MAX_BYTES, Long.toString(input.size()), 0, file);
        }
        byte[] bytes = new byte[(int) input.size()];
        input.read(0, ByteBuffer.wrap(bytes));
        Manifest manifest = ManifestText.decode(bytes, file);
        if (manifest.version() != version) {
            throw new LogCorruptException(
                    "manifest under another name", Long.toString(version), Long.toString(manifest.version()), 0, file);
        }
        return manifest;
    }

    /**
     * Commits a manifest. On return it is durable and, until the next one, the newest.
     *
     * @param manifest of the version behind the newest that the caller knows
     * @throws LostRaceException if another one has that version
     * @throws OutcomeUnknownException if it may or may not be there: read the newest to know
     * @throws IOException if the storage fails; it is not there
     */
    public void commit(Manifest manifest) throws IOException {
        Location file = file(manifest.version());
        OutcomeUnknownException unknown = null;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                files.create(file, List.of(ByteBuffer.wrap(ManifestText.encode(manifest))));
                return;
            } catch (FileAlreadyExistsException e) {
                if (read(manifest.version()).commit().equals(manifest.commit())) {
                    return;
                }
                throw new LostRaceException(file.toString(), e);
            } catch (OutcomeUnknownException e) {
                // the same bytes under the same name once more: whichever of them arrives is this commit
                unknown = e;
            }
        }
        throw unknown;
    }

    /**
     * Deletes a manifest. One that is not there is left alone.
     *
     * @param version its version
     * @throws IOException if the storage fails
     */
    public void delete(long version) throws IOException {
        files.delete(file(version));
    }

    private Location file(long version) {
        return directory.child(PREFIX + String.format("%019d", version));
    }
}
