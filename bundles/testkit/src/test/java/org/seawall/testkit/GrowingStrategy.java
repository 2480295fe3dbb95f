package org.seawall.testkit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.seawall.LogFencedException;
import org.seawall.SeawallException;
import org.seawall.spi.filesystem.Capability;
import org.seawall.spi.filesystem.FileInfo;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;
import org.seawall.spi.strategy.SegmentFile;
import org.seawall.spi.strategy.SegmentLayout;
import org.seawall.spi.strategy.SegmentStore;
import org.seawall.spi.strategy.WriteStrategy;

/** A strategy whose segments grow under their own names until they are sealed, right in everything but its flaw. */
record GrowingStrategy(Flaw flaw) implements WriteStrategy {
    enum Flaw {
        NONE(""),
        LARGE_GROUPS_ARE_APPENDED("W35"),
        DOES_NOT_COUNT_ITS_APPENDS("W36"),
        GOES_ON_BEHIND_A_SEALED_SEGMENT("W37"),
        APPENDS_WHEREVER_THE_END_IS("W38");

        final String rule;

        Flaw(String rule) {
            this.rule = rule;
        }
    }

    @Override
    public String name() {
        return "growing";
    }

    @Override
    public Set<Capability> requires() {
        return EnumSet.of(Capability.SEAL, Capability.CREATE_EXCLUSIVE, Capability.STRONG_LIST, Capability.RANGE_READ);
    }

    @Override
    public SegmentStore open(FileSystem files, SegmentLayout layout) {
        return new Store(files, layout.segments(), flaw);
    }

    private static final class Store implements SegmentStore {
        private final FileSystem files;
        private final Location segments;
        private final Flaw flaw;
        private ByteBuffer header = ByteBuffer.allocate(0);
        private Location segment;
        private boolean begun;
        private boolean grows;
        private long bytes;
        private long appends;
        private boolean useless;

        Store(FileSystem files, Location segments, Flaw flaw) {
            this.files = files;
            this.segments = segments;
            this.flaw = flaw;
            this.segment = segments;
        }

        @Override
        public List<SegmentFile> segments() throws IOException {
            return files.list(segments).stream()
                    .map(info -> new SegmentFile(info.location(), info.size(), false))
                    .toList();
        }

        @Override
        public void cutTail(SegmentFile active, long end, Location copy) {
            throw new UnsupportedOperationException("nothing is torn");
        }

        @Override
        public void resume(SegmentFile active, String name, long end) {
            throw new UnsupportedOperationException("nothing is resumed");
        }

        @Override
        public void begin(String name, ByteBuffer newHeader) throws IOException {
            requireUseful();
            useless = true;
            if (begun) {
                files.create(segment, List.of(header.duplicate()));
            } else if (grows) {
                files.seal(segment);
            }
            useless = false;
            segment = segments.child(name);
            header = ByteBuffer.allocate(newHeader.remaining()).put(newHeader).flip();
            bytes = header.remaining();
            appends = 0;
            begun = true;
            grows = false;
        }

        @Override
        public CompletableFuture<Void> write(List<ByteBuffer> frames) {
            if (!useless && !begun && !grows) {
                throw new IllegalStateException("no segment was begun, directory=" + segments);
            }
            try {
                requireUseful();
                useless = true;
                written(frames);
                useless = false;
                return CompletableFuture.completedFuture(null);
            } catch (FileSystemException e) {
                return CompletableFuture.failedFuture(new LogFencedException("fenced, file=" + segment, e));
            } catch (IOException | SeawallException e) {
                return CompletableFuture.failedFuture(e);
            }
        }

        private void written(List<ByteBuffer> frames) throws IOException {
            List<ByteBuffer> content = new ArrayList<>();
            if (begun) {
                content.add(header.duplicate());
            }
            frames.forEach(frame -> content.add(frame.duplicate()));
            long size = content.stream().mapToLong(ByteBuffer::remaining).sum();
            boolean whole = size > files.appendLimits().bytes() && flaw != Flaw.LARGE_GROUPS_ARE_APPENDED;
            if (begun && (frames.isEmpty() || whole)) {
                bytes = files.create(segment, content).size();
            } else {
                append(content);
                grows = true;
            }
            begun = false;
        }

        private void append(List<ByteBuffer> content) throws IOException {
            long end = begun ? 0 : bytes;
            if (flaw == Flaw.APPENDS_WHEREVER_THE_END_IS) {
                end = files.find(segment).map(FileInfo::size).orElse(0L);
            }
            try {
                bytes = files.append(segment, end, content).size();
                appends++;
            } catch (FileSystemException e) {
                if (flaw != Flaw.GOES_ON_BEHIND_A_SEALED_SEGMENT) {
                    throw e;
                }
                bytes = files.create(segments.child("s002"), content).size();
            }
        }

        private void requireUseful() throws IOException {
            if (useless) {
                throw new IOException("store is of no more use, file=" + segment);
            }
        }

        @Override
        public CompletableFuture<Void> sync() {
            return useless
                    ? CompletableFuture.failedFuture(new IOException("store is of no more use, file=" + segment))
                    : CompletableFuture.completedFuture(null);
        }

        @Override
        public long activeBytes() {
            return bytes;
        }

        @Override
        public boolean segmentPerCommit() {
            return false;
        }

        @Override
        public boolean activeFile() {
            return false;
        }

        @Override
        public boolean takes(long group) {
            boolean counted = appends < files.appendLimits().appends() || flaw == Flaw.DOES_NOT_COUNT_ITS_APPENDS;
            return begun || grows && group <= files.appendLimits().bytes() && counted;
        }

        @Override
        public void close() {
            useless = true;
        }
    }
}
