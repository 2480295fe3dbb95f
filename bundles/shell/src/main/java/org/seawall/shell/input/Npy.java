package org.seawall.shell.input;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.seawall.files.MalformedFileException;

/** The header of NumPy's array files, versions 1 to 3: a magic, a version, a length and a Python dictionary. */
final class Npy {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int PREFIX_BYTES = 12;
    private static final int MAX_HEADER_BYTES = 1 << 16;
    private static final Pattern TYPE = Pattern.compile("'descr'\\s*:\\s*'([^']*)'");
    private static final Pattern ORDER = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
    private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([^)]*)\\)");
    private static final Pattern TWO = Pattern.compile("\\s*([0-9]{1,18})\\s*,\\s*([0-9]{1,9})\\s*,?\\s*");

    private Npy() {}

    /** Reads the header and leaves the source behind it. */
    static VectorLayout layout(ByteSource source, int dimension) throws IOException {
        if (source.size() < PREFIX_BYTES) {
            throw new MalformedFileException("not an .npy file, size=" + source.size(), source.file());
        }
        ByteBuffer bytes = source.ahead(PREFIX_BYTES);
        for (byte expected : MAGIC) {
            if (bytes.get() != expected) {
                throw new MalformedFileException("not an .npy file, it begins otherwise", source.file());
            }
        }
        int version = bytes.get();
        bytes.get();
        if (version < 1 || version > 3) {
            throw new MalformedFileException(
                    ".npy version not readable, found=" + version + ", readable=1..3", source.file());
        }
        long length = version == 1 ? Short.toUnsignedLong(bytes.getShort()) : Integer.toUnsignedLong(bytes.getInt());
        if (length > Math.min(MAX_HEADER_BYTES, source.remaining())) {
            throw new MalformedFileException(
                    ".npy header out of range, bytes=" + length + ", limit="
                            + Math.min(MAX_HEADER_BYTES, source.remaining()),
                    source.file());
        }
        byte[] text = new byte[(int) length];
        source.ahead(text.length).get(text);
        return layout(source, new String(text, StandardCharsets.UTF_8).strip(), dimension);
    }

    private static VectorLayout layout(ByteSource source, String header, int dimension) throws IOException {
        String type = find(TYPE, header, source);
        if (!type.equals("<f4") && !type.equals("<f8")) {
            throw new MalformedFileException(
                    "unknown type of component, expected=<f4 or <f8, actual=" + type, source.file());
        }
        if (find(ORDER, header, source).equals("True")) {
            throw new MalformedFileException(
                    "columns stand one behind the other, expected rows (C order)", source.file());
        }
        Matcher shape = TWO.matcher(find(SHAPE, header, source));
        if (!shape.matches()) {
            throw new MalformedFileException(
                    "not a table of rows and components, shape=(" + find(SHAPE, header, source) + ")", source.file());
        }
        long rows = Long.parseLong(shape.group(1));
        if (Integer.parseInt(shape.group(2)) != dimension) {
            throw new MalformedFileException(
                    "foreign dimension, expected=" + dimension + ", actual=" + shape.group(2), source.file());
        }
        return new VectorLayout(source.position(), dimension, false, type.equals("<f8"), OptionalLong.of(rows));
    }

    private static String find(Pattern key, String header, ByteSource source) throws IOException {
        Matcher matcher = key.matcher(header);
        if (!matcher.find()) {
            throw new MalformedFileException(".npy header lacks a key, pattern=" + key, source.file());
        }
        return matcher.group(1);
    }
}
