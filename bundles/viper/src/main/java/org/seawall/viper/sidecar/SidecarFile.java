package org.seawall.viper.sidecar;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.seawall.LogCorruptException;
import org.seawall.LogFormatException;
import org.seawall.catalog.Metric;
import org.seawall.spi.filesystem.FileInput;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;
import org.seawall.viper.codes.Codes;
import org.seawall.viper.part.PageTable;

/**
 * A sidecar as a file, little-endian, see FORMAT.md:
 *
 * <pre>
 * int magic, int version
 * seven sections: long bytes, int CRC-32C of them, the bytes
 *   pages, keys (highs, lows), expiries, codes (metric, seed, dimension, centre), bits, scales, extras
 * </pre>
 */
public final class SidecarFile {
    private static final int MAGIC = 0x31584953;
    private static final int VERSION = 1;

    /** Of a part with typed columns, which the page table ends with. */
    private static final int TYPED_VERSION = 2;

    private static final int HEADER_BYTES = 8;
    private static final int SECTION_BYTES = 12;

    private SidecarFile() {}

    /**
     * Writes a sidecar. On return it is durable.
     *
     * @param files where
     * @param file its name, which nobody else uses
     * @param sidecar what
     * @return the file's length
     * @throws IOException if the storage fails
     */
    public static long write(FileSystem files, Location file, Sidecar sidecar) throws IOException {
        List<ByteBuffer> content = new ArrayList<>();
        content.add(buffer(HEADER_BYTES).putInt(MAGIC).putInt(version(sidecar)).flip());
        ByteBuffer pages = buffer(sidecar.pages().encodedBytes());
        sidecar.pages().write(pages);
        add(content, pages);
        ByteBuffer keys = buffer(16L * sidecar.keys().highs().length);
        put(keys, sidecar.keys().highs());
        put(keys, sidecar.keys().lows());
        add(content, keys);
        add(content, put(buffer(8L * sidecar.expiries().length), sidecar.expiries()));
        Codes codes = sidecar.codes();
        ByteBuffer centre = buffer(16 + 4L * codes.dimension());
        centre.putInt(codes.metric().ordinal()).putLong(codes.seed()).putInt(codes.dimension());
        add(content, put(centre, codes.centre()));
        add(content, put(buffer(8L * codes.bits().length), codes.bits()));
        add(content, put(buffer(4L * codes.rows()), codes.scales()));
        add(content, put(buffer(4L * codes.rows()), codes.extras()));
        return files.create(file, content).size();
    }

    private static int version(Sidecar sidecar) {
        return sidecar.pages().typed().isEmpty() ? VERSION : TYPED_VERSION;
    }

    private static void add(List<ByteBuffer> content, ByteBuffer section) {
        section.rewind();
        CRC32C checksum = new CRC32C();
        checksum.update(section.duplicate());
        content.add(buffer(SECTION_BYTES)
                .putLong(section.remaining())
                .putInt((int) checksum.getValue())
                .flip());
        content.add(section);
    }

    /**
     * Reads a sidecar.
     *
     * @param input the file
     * @return the sidecar
     * @throws LogCorruptException if it is damaged; names file and offset
     * @throws LogFormatException if it is of a later version
     * @throws IOException if the storage fails
     */
    public static Sidecar read(FileInput input) throws IOException {
        if (input.size() < HEADER_BYTES || input.size() > Integer.MAX_VALUE - 8) {
            throw corrupt(input, "length of a sidecar", "8 to 2^31 - 9", input.size(), 0);
        }
        ByteBuffer bytes = buffer(input.size());
        input.read(0, bytes);
        bytes.flip();
        int magic = bytes.getInt();
        if (magic != MAGIC) {
            throw corrupt(input, "no sidecar", Integer.toHexString(MAGIC), Integer.toHexString(magic), 0);
        }
        int version = bytes.getInt();
        if (version < VERSION || version > TYPED_VERSION) {
            throw new LogFormatException(
                    version, VERSION, TYPED_VERSION, input.location().toString());
        }
        try {
            return sidecar(input, bytes);
        } catch (IllegalArgumentException | BufferUnderflowException e) {
            LogCorruptException corrupt = corrupt(input, "sidecar is not readable", "a sidecar", e, bytes.position());
            corrupt.initCause(e);
            throw corrupt;
        }
    }

    private static Sidecar sidecar(FileInput input, ByteBuffer bytes) {
        PageTable pages = PageTable.read(section(input, bytes));
        ByteBuffer keys = section(input, bytes);
        KeyTable table = new KeyTable(longs(keys, pages.rows()), longs(keys, pages.rows()));
        ByteBuffer expiries = section(input, bytes);
        long[] expiry = longs(expiries, expiries.remaining() / 8);
        ByteBuffer head = section(input, bytes);
        Metric metric = metric(head.getInt());
        long seed = head.getLong();
        float[] centre = floats(head, head.getInt());
        ByteBuffer words = section(input, bytes);
        long[] bits = longs(words, words.remaining() / 8);
        float[] scales = floats(section(input, bytes), pages.vectors());
        float[] extras = floats(section(input, bytes), pages.vectors());
        return new Sidecar(pages, table, expiry, new Codes(metric, centre, seed, bits, scales, extras));
    }

    private static Metric metric(int ordinal) {
        if (ordinal < 0 || ordinal >= Metric.values().length) {
            throw new IllegalArgumentException("unknown metric, ordinal=" + ordinal);
        }
        return Metric.values()[ordinal];
    }

    private static ByteBuffer section(FileInput input, ByteBuffer bytes) {
        int offset = bytes.position();
        long length = bytes.getLong();
        int expected = bytes.getInt();
        if (length < 0 || length > bytes.remaining()) {
            throw corrupt(input, "length of a section", "0 to " + bytes.remaining(), length, offset);
        }
        ByteBuffer section = bytes.slice(bytes.position(), (int) length).order(ByteOrder.LITTLE_ENDIAN);
        CRC32C checksum = new CRC32C();
        checksum.update(section.duplicate());
        if ((int) checksum.getValue() != expected) {
            throw corrupt(
                    input,
                    "checksum of a section",
                    Integer.toHexString(expected),
                    Integer.toHexString((int) checksum.getValue()),
                    offset);
        }
        bytes.position(bytes.position() + (int) length);
        return section;
    }

    private static LogCorruptException corrupt(
            FileInput input, String fact, String expected, Object actual, long offset) {
        return new LogCorruptException(
                fact, expected, actual.toString(), offset, input.location().toString());
    }

    private static ByteBuffer buffer(long bytes) {
        return ByteBuffer.allocate(Math.toIntExact(bytes)).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static ByteBuffer put(ByteBuffer target, long[] values) {
        target.asLongBuffer().put(values);
        return target.position(target.position() + 8 * values.length);
    }

    private static ByteBuffer put(ByteBuffer target, float[] values) {
        target.asFloatBuffer().put(values);
        return target.position(target.position() + 4 * values.length);
    }

    private static long[] longs(ByteBuffer source, int count) {
        requireThere(source, count, 8);
        long[] values = new long[count];
        source.asLongBuffer().get(values);
        source.position(source.position() + 8 * count);
        return values;
    }

    private static float[] floats(ByteBuffer source, int count) {
        requireThere(source, count, 4);
        float[] values = new float[count];
        source.asFloatBuffer().get(values);
        source.position(source.position() + 4 * count);
        return values;
    }

    private static void requireThere(ByteBuffer source, int count, int bytesEach) {
        if (count < 0 || count > source.remaining() / bytesEach) {
            throw new IllegalArgumentException(
                    "values beyond the end of a section, values=" + count + ", bytes left=" + source.remaining());
        }
    }
}
