package org.seawall.viper.manifest;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.seawall.spi.filesystem.FileInfo;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;

/**
 * Manifests that readers in other processes need for longer than the writer keeps them: a file {@code HOLDER-VERSION} for each. As long as it is
 * there, the manifest and the files that it names are not collected. Who holds a manifest looks behind it whether the manifest is
 * still there; if it is, it stays. Safe for use by several threads and processes.
 */
public final class Holds {
    private static final Pattern HOLDER = Pattern.compile("[A-Za-z0-9_.~-]{1,100}");
    private static final Pattern NAME = Pattern.compile("(" + HOLDER + ")-([0-9]{19})");

    private final FileSystem files;
    private final Location directory;

    /**
     * Names a place; nothing is read.
     *
     * @param files where
     * @param store the directory of the store
     */
    public Holds(FileSystem files, Location store) {
        this.files = files;
        this.directory = store.child("holds");
    }

    /**
     * All versions that somebody holds.
     *
     * @return versions, whether or not their manifests are there
     * @throws IOException if the storage fails
     */
    public Set<Long> versions() throws IOException {
        Set<Long> versions = new TreeSet<>();
        for (FileInfo info : files.list(directory)) {
            Matcher name = NAME.matcher(info.name());
            if (name.matches()) {
                versions.add(Long.parseLong(name.group(2)));
            }
        }
        return versions;
    }

    /**
     * Holds a manifest. On return that is durable; whether the manifest was still there is to be looked up then.
     *
     * @param holder who needs it: 1 to 100 of letters, digits, {@code _ . ~ -}
     * @param version the manifest's version
     * @throws IOException if the storage fails; it may be held then
     */
    public void add(String holder, long version) throws IOException {
        if (!HOLDER.matcher(holder).matches()) {
            throw new IllegalArgumentException(
                    "not the name of a holder, expected 1 to 100 of letters, digits, _ . ~ -, holder=" + holder);
        }
        try {
            files.create(
                    directory.child(holder + "-" + String.format("%019d", version)),
                    List.of(ByteBuffer.wrap((holder + "\n").getBytes(StandardCharsets.UTF_8))));
        } catch (FileAlreadyExistsException e) {
            // held by an attempt before, which is all that is wanted
        }
    }

    /**
     * Lets go of all that somebody holds, but for some.
     *
     * @param holder who
     * @param needed the versions that stay held, if they are
     * @throws IOException if the storage fails; repeat it
     */
    public void release(String holder, Set<Long> needed) throws IOException {
        for (FileInfo info : files.list(directory)) {
            Matcher name = NAME.matcher(info.name());
            if (name.matches() && name.group(1).equals(holder) && !needed.contains(Long.parseLong(name.group(2)))) {
                files.delete(info.location());
            }
        }
    }
}
