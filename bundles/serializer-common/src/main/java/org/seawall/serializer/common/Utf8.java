package org.seawall.serializer.common;

import org.seawall.SerializationException;

/** Text as UTF-8, strictly: nothing is replaced by a question mark, in either direction. */
public final class Utf8 {
    private Utf8() {}

    /**
     * How many bytes a text takes.
     *
     * @throws SerializationException if half of a surrogate pair stands alone, for which UTF-8 has no bytes
     */
    public static int length(String text) {
        int chars = text.length();
        int ascii = 0;
        while (ascii < chars && text.charAt(ascii) < 0x80) {
            ascii++;
        }
        return ascii == chars ? chars : lengthFrom(text, ascii);
    }

    /** The same, of a field of a batch or a header, which the exception names. */
    public static int length(String text, String field) {
        try {
            return length(text);
        } catch (SerializationException e) {
            throw new SerializationException("text that UTF-8 cannot hold, field=" + field, e);
        }
    }

    private static int lengthFrom(String text, int ascii) {
        int chars = text.length();
        long bytes = ascii;
        for (int i = ascii; i < chars; i++) {
            char unit = text.charAt(i);
            if (unit < 0x80) {
                bytes++;
            } else if (unit < 0x800) {
                bytes += 2;
            } else if (!Character.isSurrogate(unit)) {
                bytes += 3;
            } else if (Character.isHighSurrogate(unit)
                    && i + 1 < chars
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                bytes += 4;
                i++;
            } else {
                throw new SerializationException("unpaired surrogate, position=" + i);
            }
        }
        if (bytes > Integer.MAX_VALUE) {
            throw new SerializationException("text too long, bytes=" + bytes + ", limit=" + Integer.MAX_VALUE);
        }
        return (int) bytes;
    }

    /** Writes a text that takes {@code length} bytes, as {@link #length} said. */
    @SuppressWarnings("deprecation") // the only copy of ASCII that neither allocates nor goes character by character
    public static void write(String text, int length, byte[] target, int offset) {
        if (length == text.length()) {
            text.getBytes(0, length, target, offset);
            return;
        }
        int at = offset;
        for (int i = 0; i < text.length(); i++) {
            int point = text.codePointAt(i);
            if (point < 0x80) {
                target[at++] = (byte) point;
                continue;
            }
            if (point < 0x800) {
                target[at++] = (byte) (0xc0 | point >> 6);
            } else if (point < 0x10000) {
                target[at++] = (byte) (0xe0 | point >> 12);
                target[at++] = (byte) (0x80 | point >> 6 & 0x3f);
            } else {
                target[at++] = (byte) (0xf0 | point >> 18);
                target[at++] = (byte) (0x80 | point >> 12 & 0x3f);
                target[at++] = (byte) (0x80 | point >> 6 & 0x3f);
                i++;
            }
            target[at++] = (byte) (0x80 | point & 0x3f);
        }
    }

    /** Whether bytes are text: shortest forms only, no surrogates, nothing above U+10FFFF. */
    public static boolean isValid(byte[] bytes, int from, int to) {
        int all = 0;
        for (int i = from; i < to; i++) {
            all |= bytes[i];
        }
        return all >= 0 || isValidBeyondAscii(bytes, from, to);
    }

    private static boolean isValidBeyondAscii(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to) {
            int lead = bytes[at++];
            if (lead < 0) {
                int following = following(lead & 0xff);
                if (following == 0 || following > to - at || !isSecond(lead & 0xff, bytes[at] & 0xff)) {
                    return false;
                }
                for (int i = 1; i < following; i++) {
                    if ((bytes[at + i] & 0xc0) != 0x80) {
                        return false;
                    }
                }
                at += following;
            }
        }
        return true;
    }

    private static int following(int lead) {
        if (lead < 0xc2 || lead > 0xf4) {
            return 0;
        }
        return lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3;
    }

    /** The second byte is where overlong forms, surrogates and what is above U+10FFFF show (Unicode, table 3-7). */
    private static boolean isSecond(int lead, int second) {
        return switch (lead) {
            case 0xe0 -> second >= 0xa0 && second <= 0xbf;
            case 0xed -> second >= 0x80 && second <= 0x9f;
            case 0xf0 -> second >= 0x90 && second <= 0xbf;
            case 0xf4 -> second >= 0x80 && second <= 0x8f;
            default -> second >= 0x80 && second <= 0xbf;
        };
    }
}
