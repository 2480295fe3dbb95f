package org.seawall.core.engine;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import org.seawall.SeawallException;
import org.seawall.spi.filesystem.FileInput;
import org.seawall.spi.filesystem.Location;
import org.seawall.spi.serializer.SegmentHeader;

/**
 * The active segment of a log while it is inspected, if it has one.
 *
 * @param input the file
 * @param number the number of the segment: what is sealed under it or a later one since, is behind it; the largest there is
 *     if nobody writes
 */
record OpenActive(Optional<FileInput> input, long number) implements AutoCloseable {
    /** Without an active segment the prepared one takes its place at the next opening, see {@code strategy-append}. */
    static OpenActive of(LogFiles files, Inspection inspection) throws IOException {
        if (inspection.perCommit()) {
            return new OpenActive(Optional.empty(), Long.MAX_VALUE);
        }
        Optional<FileInput> active = open(files, files.layout().segments().active());
        Optional<FileInput> input = active.isPresent()
                ? active
                : open(files, files.layout().segments().next());
        boolean growing = input.isPresent() && !inspection.settled();
        try {
            return new OpenActive(input, growing ? number(files, input.get()) : Long.MAX_VALUE);
        } catch (IOException e) {
            input.get().close();
            throw e;
        }
    }

    private static Optional<FileInput> open(LogFiles files, Location file) throws IOException {
        try {
            return Optional.of(new BufferedInput(files.fileSystem().open(file)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Only the header of a segment of this log tells its number. What is wrong with the file is found when it is read. */
    private static long number(LogFiles files, FileInput input) throws IOException {
        try {
            SegmentHeader header = SegmentScan.open(input, files.readers()).header();
            return header.collection().equals(files.layout().id()) ? header.segment() : Long.MAX_VALUE;
        } catch (SeawallException e) {
            return Long.MAX_VALUE;
        }
    }

    Optional<Location> location() {
        return input.map(FileInput::location);
    }

    long size() {
        return input.map(FileInput::size).orElse(0L);
    }

    @Override
    public void close() throws IOException {
        if (input.isPresent()) {
            input.get().close();
        }
    }
}
