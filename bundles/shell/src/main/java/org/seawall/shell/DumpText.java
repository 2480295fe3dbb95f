package org.seawall.shell;

import org.seawall.LoggedEntry;
import org.seawall.spi.filesystem.FileInput;
import org.seawall.spi.serializer.Coverage;
import org.seawall.spi.serializer.FrameRead;
import org.seawall.spi.serializer.SegmentHeader;

/** A segment file for people. */
final class DumpText implements DumpPrinter {
    private static final String COLUMNS = "%12s  %10s  %6s  %10s  %10s  %10s  %8s  %s";

    private final Output out;
    private final boolean entries;
    private long batches;
    private long count;

    DumpText(Output out, boolean entries) {
        this.out = out;
        this.entries = entries;
    }

    @Override
    public void header(FileInput input, String format, SegmentHeader header) {
        out.lines(new Facts()
                .add("file", input.location())
                .add("bytes", input.size())
                .add("format", format)
                .add("collection", header.collection())
                .add("segment", header.segment())
                .add("epoch", header.epoch())
                .add("sequence", header.firstSequence())
                .add(
                        "covers",
                        header.covers().map(covers -> covered(header, covers)).orElse(""))
                .add("created", Text.time(header.createdMillis()))
                .add("predecessor", header.predecessor())
                .add("chain", String.format("%08x", header.predecessorChain()))
                .add("successor", header.successor())
                .lines());
        out.line("");
        out.line(String.format(COLUMNS, "OFFSET", "LENGTH", "EPOCH", "FIRST", "LAST", "DURABLE", "CRC32C", "WRITTEN"));
    }

    @Override
    public void batch(long offset, FrameRead.Frame frame) {
        long first = frame.header().firstSequence();
        int size = frame.batch().count();
        long written = frame.header().writtenMillis();
        out.line(String.format(
                COLUMNS,
                offset,
                frame.length(),
                frame.header().epoch(),
                first,
                first + size - 1,
                frame.header().durableSequence(),
                String.format("%08x", frame.checksum()),
                written == 0 ? "-" : Text.time(written)));
        if (entries) {
            for (int i = 0; i < size; i++) {
                out.line("  "
                        + Text.line(new LoggedEntry(first + i, frame.batch().entry(i))));
            }
        }
        batches++;
        count += size;
    }

    @Override
    public void zeroes(long offset, long length) {
        out.line(String.format("%12d  %10d  zeroes up to the end, written ahead", offset, length));
    }

    @Override
    public void damage(long offset, FrameRead.Damage damage) {
        out.line(String.format("%12d  %10d  damaged: %s", offset, damage.length(), damage.fact()));
    }

    private static String covered(SegmentHeader header, Coverage covers) {
        String entries = covers.entries() == Coverage.UNKNOWN ? "" : ", entries=" + covers.entries();
        String flushed = covers.flushed() == 0 ? "" : ", flushed up to " + covers.flushed();
        return "segments " + covers.firstSegment() + " to " + header.segment() + ", chain before them "
                + String.format("%08x", covers.firstChain()) + ", sequences up to " + covers.lastSequence() + entries
                + flushed;
    }

    @Override
    public void end() {
        out.line("");
        out.line(batches + (batches == 1 ? " batch, " : " batches, ") + count + (count == 1 ? " entry" : " entries"));
    }
}
