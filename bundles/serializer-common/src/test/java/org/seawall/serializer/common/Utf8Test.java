package org.seawall.serializer.common;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Ours agrees with the platform's strict coder. */
class Utf8Test {
    @Test
    void everyCodePointIsWrittenAsThePlatformDoes() {
        for (int point = 0; point <= Character.MAX_CODE_POINT; point++) {
            if (point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE) {
                String text = "a" + Character.toString(point) + "b";
                byte[] expected = text.getBytes(StandardCharsets.UTF_8);
                assertEquals(expected.length, Utf8.length(text));
                byte[] written = new byte[expected.length];
                Utf8.write(text, expected.length, written, 0);
                assertArrayEquals(expected, written);
            }
        }
    }

    @Test
    void theSameBytesAreTextAsForThePlatform() {
        byte[] bytes = new byte[6];
        int[] edges = {
            0x00, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xe1, 0xed, 0xee, 0xef, 0xf0,
            0xf1, 0xf3, 0xf4, 0xf5, 0xff
        };
        Random random = new Random(11);
        for (int i = 0; i < 300_000; i++) {
            int length = random.nextInt(bytes.length + 1);
            for (int at = 0; at < length; at++) {
                bytes[at] = (byte) edges[random.nextInt(edges.length)];
            }
            assertEquals(isText(bytes, length), Utf8.isValid(bytes, 0, length));
        }
    }

    private static boolean isText(byte[] bytes, int length) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, length));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
