package org.example.lines;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.osgi.service.component.annotations.Component;
import org.seawall.Entry;
import org.seawall.LogCorruptException;
import org.seawall.LogFormatException;
import org.seawall.SerializationException;
import org.seawall.spi.filesystem.FileInput;
import org.seawall.spi.serializer.BatchSerializer;
import org.seawall.spi.serializer.EncodedBatch;
import org.seawall.spi.serializer.ProvidesSerializer;
import org.seawall.spi.serializer.SegmentFormat;
import org.seawall.spi.serializer.SegmentHeader;

/**
 * Segments that are JSON lines: every line of a file is an object that any JSON tool reads. Simple rather than fast, since an
 * entry is decoded whenever something is asked of it.
 *
 * <pre>
 * {"lines/1":"000000e6 5b2b6d0c"}     the length of the next line and the CRC-32C of both
 * {"collection":"0b6b…","segment":7,…}  the header of the segment
 * {"batch":"0000010a 91d3c0f2"}       a frame: the length of the lines up to its end, and their checksum
 * {"first":41,"epoch":3,…}            what the batch says of itself
 * {"op":"PUT","id":"a",…}             its entries, a line each
 * {"end":"of batch"}                  the marker
 * </pre>
 */
@Component(service = BatchSerializer.class)
@ProvidesSerializer(format = LinesSerializer.WORD)
public final class LinesSerializer implements BatchSerializer {
    static final String WORD = "lines";

    /** The most bytes of a batch. */
    static final int MAX_BATCH_BYTES = 1 << 26;

    private static final int MAX_HEADER_BYTES = 1 << 16;
    private static final int VERSION = 1;
    private static final String START = "{\"" + WORD + "/";

    @Override
    public String format() {
        return WORD;
    }

    @Override
    public EncodedBatch encode(List<Entry> entries, long defaultTimestampMillis) {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        int[] ends = new int[entries.size()];
        for (int i = 0; i < ends.length; i++) {
            lines.writeBytes(EntryLine.of(entries.get(i), defaultTimestampMillis));
            ends[i] = lines.size();
            if (ends[i] > MAX_BATCH_BYTES - MAX_HEADER_BYTES) {
                throw new SerializationException("batch is too large, bytes=" + ends[i] + " or more, limit="
                        + (MAX_BATCH_BYTES - MAX_HEADER_BYTES) + ", entries=" + ends.length);
            }
        }
        return new LinesBatch(lines.toByteArray(), ends);
    }

    @Override
    public boolean encoded(EncodedBatch batch) {
        return batch instanceof LinesBatch;
    }

    @Override
    public SegmentFormat begin(SegmentHeader header) {
        byte[] line = HeaderLine.of(header);
        if (line.length > MAX_HEADER_BYTES) {
            throw new SerializationException("header is too large, bytes=" + line.length + ", limit=" + MAX_HEADER_BYTES
                    + ", collection=" + header.collection());
        }
        Seal seal = Seal.of(WORD + "/" + VERSION, line, 0, line.length);
        return new LinesFormat(header, seal.with(line));
    }

    @Override
    public boolean recognizes(FileInput input) throws IOException {
        return start(input, START.length()).equals(START);
    }

    @Override
    public SegmentFormat open(FileInput input) throws IOException {
        requireVersion(input);
        Seal seal = Seal.read(input, 0, WORD + "/" + VERSION, MAX_HEADER_BYTES)
                .orElseThrow(() -> corrupt("header is damaged or cut off", input));
        byte[] line = seal.sealed(input, 0);
        if (!seal.matches(line, 0, line.length)) {
            throw corrupt("header checksum mismatch", input);
        }
        try {
            return new LinesFormat(HeaderLine.read(line), seal.with(line));
        } catch (IOException | RuntimeException e) {
            LogCorruptException undecodable = corrupt("header cannot be decoded", input);
            undecodable.initCause(e);
            throw undecodable;
        }
    }

    /** The digits behind the first word; where there are none the file is not of another version but damaged. */
    private static void requireVersion(FileInput input) throws IOException {
        String version =
                start(input, START.length() + 4).substring(START.length()).replaceFirst("[^0-9].*", "");
        if (!version.isEmpty() && Integer.parseInt(version) != VERSION) {
            throw new LogFormatException(
                    Integer.parseInt(version),
                    VERSION,
                    VERSION,
                    input.location().toString());
        }
    }

    private static LogCorruptException corrupt(String fact, FileInput input) {
        String start = "one that begins with " + START + VERSION;
        return new LogCorruptException(
                fact, start, input.size() + " bytes", 0, input.location().toString());
    }

    private static String start(FileInput input, int most) throws IOException {
        byte[] start = new byte[(int) Math.min(input.size(), most)];
        input.read(0, ByteBuffer.wrap(start));
        return new String(start, StandardCharsets.ISO_8859_1);
    }
}
