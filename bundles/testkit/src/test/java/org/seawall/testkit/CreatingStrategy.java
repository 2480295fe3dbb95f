package org.seawall.testkit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.seawall.LogFencedException;
import org.seawall.spi.filesystem.Capability;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;
import org.seawall.spi.strategy.SegmentFile;
import org.seawall.spi.strategy.SegmentLayout;
import org.seawall.spi.strategy.SegmentStore;
import org.seawall.spi.strategy.WriteStrategy;

/** A strategy with one file a group, right in everything but its flaw. */
record CreatingStrategy(Flaw flaw) implements WriteStrategy {
    enum Flaw {
        NONE(""),
        REPLACES_ANOTHER_WRITER_S_SEGMENT("W08"),
        DOES_NOT_SAY_THAT_IT_IS_FENCED("W08"),
        GOES_ON_AFTER_A_FAILED_CREATION("W17"),
        CREATES_WHEN_IT_IS_CLOSED("W10"),
        CREATES_AT_THE_SYNC("W29"),
        LEAVES_A_FENCE_OUT("W30"),
        TELLS_IN_ANY_ORDER("W31"),
        FORGETS_A_FAILURE_BEFORE("W32"),
        FORGETS_A_FENCE_BEFORE("W33"),
        CREATES_ON_WHEN_IT_IS_CLOSED("W34");

        final String rule;

        Flaw(String rule) {
            this.rule = rule;
        }

        /** Whether it shows only where several are in flight. */
        boolean inFlight() {
            return compareTo(TELLS_IN_ANY_ORDER) >= 0;
        }
    }

    @Override
    public String name() {
        return "creating";
    }

    @Override
    public Set<Capability> requires() {
        return EnumSet.of(Capability.CREATE_EXCLUSIVE, Capability.STRONG_LIST, Capability.RANGE_READ);
    }

    @Override
    public SegmentStore open(FileSystem files, SegmentLayout layout) {
        return new Store(files, layout.segments(), flaw);
    }

    private static final class Store implements SegmentStore {
        private final FileSystem files;
        private final Location segments;
        private final Flaw flaw;
        private final List<ByteBuffer> content = new ArrayList<>();
        private Location segment;
        private long bytes;
        private volatile boolean useless;
        private CompletableFuture<Void> last = CompletableFuture.completedFuture(null);

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
            throw new UnsupportedOperationException("nothing grows");
        }

        @Override
        public void begin(String name, ByteBuffer header) throws IOException {
            if (useless) {
                throw new IOException("store is of no more use, directory=" + segments);
            }
            segment = segments.child(name);
            content.clear();
            content.add(ByteBuffer.allocate(header.remaining()).put(header).flip());
            bytes = content.get(0).remaining();
        }

        @Override
        public CompletableFuture<Void> write(List<ByteBuffer> frames) {
            if (useless) {
                return CompletableFuture.failedFuture(new IOException("store is of no more use, file=" + segment));
            }
            if (content.isEmpty()) {
                throw new IllegalStateException("no segment was begun, directory=" + segments);
            }
            useless = flaw != Flaw.GOES_ON_AFTER_A_FAILED_CREATION;
            frames.forEach(frame -> content.add(frame.duplicate()));
            bytes = content.stream().mapToLong(ByteBuffer::remaining).sum();
            if (flaw.inFlight()) {
                useless = false;
                last = inFlight(last, segment, List.copyOf(content));
                return last;
            }
            try {
                boolean fence = frames.isEmpty() && flaw == Flaw.LEAVES_A_FENCE_OUT;
                if (flaw != Flaw.CREATES_WHEN_IT_IS_CLOSED && flaw != Flaw.CREATES_AT_THE_SYNC && !fence) {
                    create();
                }
                useless = false;
                return CompletableFuture.completedFuture(null);
            } catch (IOException | RuntimeException e) {
                return CompletableFuture.failedFuture(e);
            }
        }

        /** On a thread of its own, and told behind the one before; nearly. */
        private CompletableFuture<Void> inFlight(
                CompletableFuture<Void> before, Location file, List<ByteBuffer> bytes) {
            CompletableFuture<Void> told = new CompletableFuture<>();
            new Thread(() -> {
                        Optional<Throwable> failure = failure(() -> create(file, bytes));
                        useless |= failure.isPresent();
                        Optional<Throwable> earlier =
                                flaw == Flaw.TELLS_IN_ANY_ORDER ? Optional.empty() : failure(before::join);
                        boolean forgotten = earlier.isPresent()
                                && (flaw == Flaw.FORGETS_A_FAILURE_BEFORE
                                        || flaw == Flaw.FORGETS_A_FENCE_BEFORE
                                                && earlier.get() instanceof LogFencedException);
                        Optional<Throwable> all = forgotten ? failure : earlier.or(() -> failure);
                        all.ifPresentOrElse(told::completeExceptionally, () -> told.complete(null));
                    })
                    .start();
            return told;
        }

        private interface Step {
            void run() throws IOException;
        }

        private static Optional<Throwable> failure(Step step) {
            try {
                step.run();
                return Optional.empty();
            } catch (CompletionException e) {
                return Optional.of(e.getCause());
            } catch (IOException | RuntimeException e) {
                return Optional.of(e);
            }
        }

        @Override
        public CompletableFuture<Void> sync() {
            if (useless) {
                return CompletableFuture.failedFuture(new IOException("store is of no more use, file=" + segment));
            }
            if (flaw.inFlight()) {
                return last.copy();
            }
            try {
                if (flaw == Flaw.CREATES_AT_THE_SYNC) {
                    create();
                }
                return CompletableFuture.completedFuture(null);
            } catch (IOException | RuntimeException e) {
                useless = true;
                return CompletableFuture.failedFuture(e);
            }
        }

        private void create() throws IOException {
            create(segment, content);
        }

        private void create(Location file, List<ByteBuffer> bytes) throws IOException {
            if (flaw == Flaw.REPLACES_ANOTHER_WRITER_S_SEGMENT) {
                files.delete(file);
            }
            try {
                files.create(file, bytes);
            } catch (FileAlreadyExistsException e) {
                if (flaw == Flaw.DOES_NOT_SAY_THAT_IT_IS_FENCED) {
                    throw e;
                }
                throw new LogFencedException("another writer has begun the segment, file=" + file, e);
            }
        }

        @Override
        public long activeBytes() {
            return bytes;
        }

        @Override
        public boolean segmentPerCommit() {
            return true;
        }

        @Override
        public void close() throws IOException {
            if (flaw == Flaw.CREATES_WHEN_IT_IS_CLOSED && !useless) {
                create();
            }
            if (flaw != Flaw.CREATES_ON_WHEN_IT_IS_CLOSED) {
                failure(last::join);
            }
            useless = true;
        }
    }
}
