package org.seawall.core.engine;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.seawall.spi.filesystem.AppendFile;
import org.seawall.spi.filesystem.AppendLimits;
import org.seawall.spi.filesystem.Capability;
import org.seawall.spi.filesystem.FileInfo;
import org.seawall.spi.filesystem.FileInput;
import org.seawall.spi.filesystem.FileLock;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;

/**
 * The files of a log that lies in two places: up to the {@link Crossing} in the one that it comes from, behind it in the one
 * where it is. All names are those of the new place, everything is written there, and nothing is ever changed in the old one.
 *
 * <p>A file before the crossing is read in the old place as long as it is there, whatever has its name in the new one: a copy
 * of it, or the rest of an attempt to move that was given up. A file behind it is read in the new place alone. Snapshots and
 * archives are from before.
 */
public final class AcrossFiles implements FileSystem {
    private final FileSystem files;
    private final LogLayout layout;
    private final Old old;
    private final Crossing crossing;

    /**
     * The place that a log comes from.
     *
     * @param files its file system
     * @param layout the log's files there
     */
    public record Old(FileSystem files, LogLayout layout) {}

    /** A file before the crossing as it is in the old place: of the active one only the begin counts. */
    private record Source(Location location, long bytes) {
        private static final long WHOLE = -1;
    }

    /**
     * The files of one log in two places.
     *
     * @param files the file system of the new place
     * @param layout the log's files there
     * @param old the place that it comes from
     * @param crossing up to where it lies in that one
     */
    public AcrossFiles(FileSystem files, LogLayout layout, Old old, Crossing crossing) {
        this.files = files;
        this.layout = layout;
        this.old = old;
        this.crossing = crossing;
    }

    /** Where a file lies in the old place, if it is from before the crossing. */
    private Optional<Source> source(Location file) {
        if (isIn(layout.segments().segments(), file)) {
            return before(file.name()) ? Optional.of(sourceOf(file.name())) : Optional.empty();
        }
        boolean from = isIn(layout.snapshot().parent(), file) || isBelow(layout.archive(), file);
        return from ? Optional.of(whole(below(file))) : Optional.empty();
    }

    private Source sourceOf(String segment) {
        return segment.equals(crossing.active())
                ? new Source(old.layout().segments().active(), crossing.activeBytes())
                : whole(old.layout().segments().segments().child(segment));
    }

    private static Source whole(Location file) {
        return new Source(file, Source.WHOLE);
    }

    private boolean before(String segment) {
        return Numbered.lastOf(layout, segment).stream().anyMatch(last -> last <= crossing.segment());
    }

    private static boolean isIn(Location directory, Location file) {
        return isBelow(directory, file) && file.parent().equals(directory);
    }

    private static boolean isBelow(Location directory, Location file) {
        return file.scheme().equals(directory.scheme()) && file.path().startsWith(directory.path() + "/");
    }

    /** The same place below the log's old directory. */
    private Location below(Location location) {
        Location directory = old.layout().directory();
        String path = location.path().substring(layout.directory().path().length());
        return new Location(directory.scheme(), directory.path() + path);
    }

    private Optional<FileInfo> findOld(Location file, Source source) throws IOException {
        return old.files().find(source.location()).map(info -> seen(file, info, source));
    }

    private static FileInfo seen(Location file, FileInfo info, Source source) {
        long size = source.bytes() == Source.WHOLE ? info.size() : source.bytes();
        return new FileInfo(file, info.directory(), size, info.version());
    }

    /** What is directly in a directory of the old place, under its new name. */
    private List<FileInfo> listOld(Location directory) throws IOException {
        List<FileInfo> found = new ArrayList<>();
        for (FileInfo info : old.files().list(below(directory))) {
            Location file = directory.child(info.name());
            Optional<Source> source = info.directory() ? Optional.of(whole(info.location())) : source(file);
            source.ifPresent(from -> found.add(seen(file, info, from)));
        }
        if (directory.equals(layout.segments().segments()) && !crossing.active().isEmpty()) {
            Location file = directory.child(crossing.active());
            findOld(file, sourceOf(crossing.active())).ifPresent(found::add);
        }
        return found;
    }

    private boolean inBoth(Location directory) {
        return directory.equals(layout.segments().segments())
                || directory.equals(layout.snapshot().parent())
                || directory.equals(layout.archive())
                || isBelow(layout.archive(), directory);
    }

    /**
     * All files of the old place that belong to the log, under their names in the new one.
     *
     * @return snapshots and archives first, then segments
     * @throws IOException if a directory cannot be listed
     */
    public List<FileInfo> before() throws IOException {
        List<FileInfo> all = new ArrayList<>();
        gather(layout.archive(), all);
        gather(layout.snapshot().parent(), all);
        gather(layout.segments().segments(), all);
        return all;
    }

    private void gather(Location directory, List<FileInfo> all) throws IOException {
        for (FileInfo info : listOld(directory)) {
            if (info.directory()) {
                gather(info.location(), all);
            } else {
                all.add(info);
            }
        }
    }

    /**
     * Copies a file over, durably, and compares the copy byte by byte. One that is there and equal is kept.
     *
     * @param file one of {@link #before()}
     * @throws IOException if a storage fails, or the copy is not equal
     */
    public void copyOver(FileInfo file) throws IOException {
        Source source = source(file.location())
                .orElseThrow(() -> new IllegalArgumentException("not from before, file=" + file.location()));
        FileCopy copies = new FileCopy(old.files(), files);
        if (source.bytes() == Source.WHOLE && file.size() <= FileCopy.CHUNK_BYTES) {
            copies.copySmall(new FileInfo(source.location(), false, file.size(), file.version()), file.location());
            return;
        }
        boolean kept = copies.copy(source.location(), file.size(), file.location());
        if (!kept && !copies.equal(source.location(), file.size(), file.location())) {
            throw FileCopy.notEqual(source.location(), file.location());
        }
    }

    @Override
    public Set<Capability> capabilities() {
        return files.capabilities();
    }

    @Override
    public List<FileInfo> list(Location directory) throws IOException {
        if (!inBoth(directory)) {
            return files.list(directory);
        }
        Map<String, FileInfo> found = new TreeMap<>();
        files.list(directory).forEach(info -> found.put(info.name(), info));
        listOld(directory).forEach(info -> found.put(info.name(), info));
        return found.values().stream()
                .sorted(Comparator.comparing(FileInfo::name))
                .toList();
    }

    @Override
    public Optional<FileInfo> find(Location location) throws IOException {
        Optional<Source> source = source(location);
        if (source.isPresent()) {
            Optional<FileInfo> found = findOld(location, source.get());
            if (found.isPresent()) {
                return found;
            }
        }
        Optional<FileInfo> found = files.find(location);
        return found.isEmpty() && inBoth(location)
                ? old.files().find(below(location)).map(info -> new FileInfo(location, true, 0, ""))
                : found;
    }

    @Override
    public FileInput open(Location file) throws IOException {
        Optional<Source> source = source(file);
        if (source.isPresent() && old.files().find(source.get().location()).isPresent()) {
            FileInput input = old.files().open(source.get().location());
            long bytes = source.get().bytes() == Source.WHOLE
                    ? input.size()
                    : source.get().bytes();
            return new Begin(input, file, bytes);
        }
        return files.open(file);
    }

    /** Of a file that is in the new place, as it was told; of any other, by its name. */
    @Override
    public FileInput open(FileInfo file) throws IOException {
        return source(file.location()).isPresent() ? open(file.location()) : files.open(file);
    }

    @Override
    public FileInfo create(Location file, List<ByteBuffer> content) throws IOException {
        return files.create(file, content);
    }

    @Override
    public FileInfo replace(Location file, List<ByteBuffer> content, Optional<String> expected) throws IOException {
        return files.replace(file, content, expected);
    }

    @Override
    public AppendFile createAppendable(Location file) throws IOException {
        return files.createAppendable(file);
    }

    @Override
    public AppendFile openAppendable(Location file, long position) throws IOException {
        return files.openAppendable(file, position);
    }

    @Override
    public FileInfo append(Location file, long position, List<ByteBuffer> content) throws IOException {
        return files.append(file, position, content);
    }

    /** What lies before the crossing has its final length. */
    @Override
    public FileInfo seal(Location file) throws IOException {
        Optional<Source> source = source(file);
        Optional<FileInfo> found = source.isPresent() ? findOld(file, source.get()) : Optional.empty();
        return found.isPresent() ? found.get() : files.seal(file);
    }

    @Override
    public AppendLimits appendLimits() {
        return files.appendLimits();
    }

    /** A file of the old place stays there: what it is renamed to is a copy. */
    @Override
    public void rename(Location from, Location to) throws IOException {
        Optional<Source> source = source(from);
        Optional<FileInfo> found = source.isPresent() ? findOld(from, source.get()) : Optional.empty();
        if (found.isPresent()) {
            new FileCopy(old.files(), files)
                    .copy(source.get().location(), found.get().size(), to);
        } else {
            files.rename(from, to);
        }
    }

    /** What is in the old place is durable. */
    @Override
    public void forceDirectory(Location directory) throws IOException {
        if (!inBoth(directory) || files.find(directory).isPresent()) {
            files.forceDirectory(directory);
        }
    }

    @Override
    public void delete(Location file) throws IOException {
        files.delete(file);
    }

    @Override
    public void deleteTree(Location directory) throws IOException {
        files.deleteTree(directory);
    }

    @Override
    public FileLock lock(Location file, String holder) throws IOException {
        return files.lock(file, holder);
    }

    @Override
    public String toString() {
        return "AcrossFiles[files=" + files + ", from=" + old.layout().directory() + ", " + crossing + "]";
    }

    /** The begin of a file, under the name that it has here. */
    private record Begin(FileInput input, Location location, long size) implements FileInput {
        @Override
        public void read(long offset, ByteBuffer target) throws IOException {
            if (offset + target.remaining() > size) {
                throw new EOFException("file ends before, offset=" + offset + ", bytes=" + target.remaining()
                        + ", size=" + size + ", file=" + location);
            }
            input.read(offset, target);
        }

        @Override
        public void close() throws IOException {
            input.close();
        }
    }
}
