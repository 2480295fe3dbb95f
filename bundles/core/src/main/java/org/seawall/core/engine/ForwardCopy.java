package org.seawall.core.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.seawall.LogCorruptException;
import org.seawall.OutcomeUnknownException;
import org.seawall.spi.filesystem.FileInfo;
import org.seawall.spi.filesystem.FileInput;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;

/**
 * Copies what a recovery of a log would read up to a segment, the snapshot and the segments behind it, to a place where others
 * may be copying the same, or have gone on behind it long ago. So nothing is deleted there, a segment is created or found equal,
 * and a snapshot takes the place only of one that covers less. The place holds a begin of the log at every moment. For a log that
 * has a segment for every commit.
 */
public final class ForwardCopy {
    private final Backend from;
    private final LogLayout source;
    private final Backend to;
    private final LogLayout target;

    /**
     * A copy.
     *
     * @param from reads the log
     * @param source its files
     * @param to writes the copy
     * @param target the files of the copy
     */
    public ForwardCopy(Backend from, LogLayout source, Backend to, LogLayout target) {
        this.from = from;
        this.source = source;
        this.to = to;
        this.target = target;
    }

    /**
     * Copies. May be repeated after a failure, and by several at once.
     *
     * @param last number of the last segment: what is behind it may have come from the place that is copied to
     * @throws LogCorruptException if a segment of another log is there
     * @throws IOException if a storage fails, or the snapshot of the source is replaced meanwhile, or covers more
     */
    public void run(long last) throws IOException {
        long covered = 0;
        Optional<FileInfo> snapshot = from.fileSystem().find(source.snapshot());
        if (snapshot.isPresent()) {
            covered = from.headerOf(source.snapshot()).segment();
            List<ByteBuffer> content = content(source.snapshot());
            requireUnchanged(snapshot, covered <= last);
            putSnapshot(content, covered);
        }
        for (Numbered segment : behind(covered, last)) {
            put(segment);
        }
    }

    private void requireUnchanged(Optional<FileInfo> snapshot, boolean within) throws IOException {
        Optional<String> version = from.fileSystem().find(source.snapshot()).map(FileInfo::version);
        if (!within || !version.equals(snapshot.map(FileInfo::version))) {
            throw new IOException("log went on while it was copied, try again, file=" + source.snapshot());
        }
    }

    private List<Numbered> behind(long covered, long last) throws IOException {
        List<FileInfo> files = from.fileSystem().list(source.segments().segments());
        List<Numbered> all = files.stream()
                .flatMap(info -> Numbered.of(source, info).stream())
                .filter(file -> file.last() <= last)
                .toList();
        return Way.behind(covered, all).files();
    }

    private void putSnapshot(List<ByteBuffer> content, long covers) throws IOException {
        FileSystem files = to.fileSystem();
        while (true) {
            Optional<FileInfo> there = files.find(target.snapshot());
            if (there.isPresent() && to.headerOf(target.snapshot()).segment() >= covers) {
                return;
            }
            try {
                files.replace(target.snapshot(), copies(content), there.map(FileInfo::version));
                return;
            } catch (FileAlreadyExistsException | OutcomeUnknownException e) {
                if (files.find(target.snapshot()).map(FileInfo::version).equals(there.map(FileInfo::version))) {
                    throw e;
                }
            }
        }
    }

    private static List<ByteBuffer> copies(List<ByteBuffer> content) {
        return content.stream().map(ByteBuffer::duplicate).toList();
    }

    private void put(Numbered segment) throws IOException {
        Location copy = target.segments().segments().child(segment.name());
        List<ByteBuffer> content = content(segment.file().location());
        try {
            to.fileSystem().create(copy, content);
        } catch (FileAlreadyExistsException | OutcomeUnknownException e) {
            if (to.fileSystem().find(copy).isEmpty()) {
                throw e;
            }
            requireEqual(segment, copy);
        }
    }

    private void requireEqual(Numbered segment, Location copy) throws IOException {
        Location original = segment.file().location();
        FileCopy files = new FileCopy(from.fileSystem(), to.fileSystem());
        if (!files.equal(original, segment.file().size(), copy)) {
            throw new LogCorruptException(
                    "segment of another log is where one has to be copied to, remove that directory or choose another place",
                    original.toString(),
                    "other bytes",
                    0,
                    copy.toString());
        }
    }

    private List<ByteBuffer> content(Location file) throws IOException {
        try (FileInput input = from.fileSystem().open(file)) {
            return new ArrayList<>(FileCopy.chunks(input, input.size()));
        }
    }
}
