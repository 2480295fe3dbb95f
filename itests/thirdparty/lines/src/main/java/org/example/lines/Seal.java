package org.example.lines;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import org.seawall.spi.filesystem.FileInput;

/** A line such as {@code {"batch":"0000010a 91d3c0f2"}}: how many bytes follow, and the checksum of them and their number. */
record Seal(String word, int length, int checksum) {
    private static final Pattern LINE = Pattern.compile("\\{\"(.+)\":\"([0-9a-f]{8}) ([0-9a-f]{8})\"}\n");

    static Seal of(String word, byte[] bytes, int from, int to) {
        return new Seal(word, to - from, checksum(bytes, from, to));
    }

    /** Reads it, unless there is none of that word, or what it is of is longer than the limit or than the file. */
    static Optional<Seal> read(FileInput input, long offset, String word, int limit) throws IOException {
        byte[] line = new byte[new Seal(word, 0, 0).size()];
        if (input.size() - offset < line.length) {
            return Optional.empty();
        }
        input.read(offset, ByteBuffer.wrap(line));
        Matcher matcher = LINE.matcher(new String(line, StandardCharsets.ISO_8859_1));
        if (!matcher.matches() || !matcher.group(1).equals(word)) {
            return Optional.empty();
        }
        long length = Long.parseLong(matcher.group(2), 16);
        boolean there = length <= Math.min(limit, input.size() - offset - line.length);
        return there
                ? Optional.of(new Seal(word, (int) length, Integer.parseUnsignedInt(matcher.group(3), 16)))
                : Optional.empty();
    }

    /** What it is of. */
    byte[] sealed(FileInput input, long offset) throws IOException {
        byte[] bytes = new byte[length];
        input.read(offset + size(), ByteBuffer.wrap(bytes));
        return bytes;
    }

    boolean matches(byte[] bytes, int from, int to) {
        return checksum == checksum(bytes, from, to);
    }

    byte[] bytes() {
        return String.format("{\"%s\":\"%08x %08x\"}\n", word, length, checksum).getBytes(StandardCharsets.US_ASCII);
    }

    /** Itself and what it is of. */
    byte[] with(byte[] sealed) {
        return ByteBuffer.allocate(size() + sealed.length)
                .put(bytes())
                .put(sealed)
                .array();
    }

    int size() {
        return word.length() + 25;
    }

    static int checksum(byte[] bytes, int from, int to) {
        CRC32C crc = new CRC32C();
        crc.update(String.format("%08x", to - from).getBytes(StandardCharsets.US_ASCII));
        crc.update(bytes, from, to - from);
        return (int) crc.getValue();
    }
}
