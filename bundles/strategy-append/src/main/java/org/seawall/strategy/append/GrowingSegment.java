package org.seawall.strategy.append;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.util.ArrayList;
import java.util.List;
import org.seawall.LogFencedException;
import org.seawall.spi.filesystem.AppendLimits;
import org.seawall.spi.filesystem.AppendRefusedException;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;

/**
 * A segment from its header on. Nothing of it is on the storage before its first group: header and group are one append, or one
 * creation, if they are more than an append takes or if there is no batch.
 */
final class GrowingSegment {

    private final FileSystem files;
    private final Location location;
    private final AppendLimits limits;
    private final ByteBuffer header;
    private long bytes;
    private long appends;
    private boolean written;
    private boolean grows;

    GrowingSegment(FileSystem files, Location location, ByteBuffer header) {
        this.files = files;
        this.location = location;
        this.limits = files.appendLimits();
        this.header = ByteBuffer.allocate(header.remaining()).put(header).flip();
        this.bytes = this.header.remaining();
    }

    boolean takes(long group) {
        return !written || grows && group <= limits.bytes() && appends < limits.appends();
    }

    long bytes() {
        return bytes;
    }

    /** Appends a group where this writer has left off, and nowhere else. */
    void write(List<ByteBuffer> frames) throws IOException {
        if (!takes(size(frames))) {
            throw new IllegalStateException(
                    "segment takes no such group, bytes=" + size(frames) + ", limits=" + limits + ", file=" + location);
        }
        try {
            if (!written) {
                begin(frames);
            } else {
                append(bytes, frames);
            }
        } catch (FileAlreadyExistsException e) {
            throw new LogFencedException("another writer has begun the segment, file=" + location, e);
        } catch (AppendRefusedException e) {
            throw new LogFencedException("another writer has sealed or begun the segment, file=" + location, e);
        }
    }

    private void begin(List<ByteBuffer> frames) throws IOException {
        List<ByteBuffer> content = new ArrayList<>(frames.size() + 1);
        content.add(header);
        content.addAll(frames);
        grows = !frames.isEmpty() && size(content) <= limits.bytes();
        if (grows) {
            append(0, content);
        } else {
            bytes = files.create(location, duplicates(content)).size();
        }
        written = true;
    }

    private void append(long position, List<ByteBuffer> content) throws IOException {
        bytes = files.append(location, position, duplicates(content)).size();
        appends++;
    }

    /** Ends it, so that the next one is the only place where the log goes on. */
    void seal() throws IOException {
        if (!written) {
            write(List.of());
        } else if (grows) {
            files.seal(location);
        }
    }

    /** Buffers of their own, since a write consumes them and the frames stay their owner's. */
    private static List<ByteBuffer> duplicates(List<ByteBuffer> buffers) {
        return buffers.stream().map(ByteBuffer::duplicate).toList();
    }

    private static long size(List<ByteBuffer> buffers) {
        return buffers.stream().mapToLong(ByteBuffer::remaining).sum();
    }
}
