package org.seawall.serializer.avro;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.seawall.Entry;
import org.seawall.Operation;
import org.seawall.serializer.common.FormatVersion;
import org.seawall.serializer.common.Segment;
import org.seawall.spi.serializer.BatchHeader;

/** FORMAT.md says what the code does. */
class FormatDocumentTest {
    private static final int MARKER_BYTES = 16;

    private final AvroSegmentFormat format = (AvroSegmentFormat) Avro.SERIALIZER.begin(Segment.HEADER);
    private final String document = read();

    @Test
    void theSchemaIsTheOneInTheFiles() {
        assertEquals(SegmentSchema.INDENTED, fenced("json"));
    }

    @Test
    void theNamesOfTheHeaderAreTheOnesInTheFilesInTheirOrder() {
        List<String> names = Pattern.compile("(?m)^\\| `([^`]+)` \\|")
                .matcher(document)
                .results()
                .map(match -> match.group(1))
                .toList();
        assertEquals(
                names,
                List.copyOf(HeaderMap.read(HeaderWriter.bytes(Segment.HEADER, FormatVersion.NEWEST))
                        .fields()
                        .keySet()));
    }

    @Test
    void theExampleIsWhatIsWritten() {
        Entry entry = new Entry(
                Operation.PUT, "a", new float[] {1}, Map.of("n", true), new byte[] {7}, 1_751_120_400_000L, 0);
        byte[] frame = Segment.joined(format.frame(
                new BatchHeader(41, 3, "w", 40, 1_751_120_400_000L), Avro.SERIALIZER.encode(List.of(entry), 0)));
        assertArrayEquals(example(), Arrays.copyOf(frame, frame.length - MARKER_BYTES));
    }

    @Test
    void theChecksumOfTheExampleFollowsTheRule() {
        byte[] example = example();
        int checksumBytes = 5;
        int fields = 2;
        int entries = fields + 11;
        CRC32C crc = new CRC32C();
        crc.update(example, entries, example.length - checksumBytes - entries);
        crc.update(example, fields, entries - fields);
        Matcher stated = Pattern.compile("crc32c (\\d+)").matcher(fenced("frame"));
        assertTrue(stated.find());
        assertEquals(crc.getValue(), Long.parseLong(stated.group(1)));
    }

    private byte[] example() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        fenced("frame").lines().forEach(line -> {
            String hex = line.split(" {2,}")[0].replace(" ", "");
            bytes.writeBytes(HexFormat.of().parseHex(hex));
        });
        return bytes.toByteArray();
    }

    private String fenced(String kind) {
        String begin = "```" + kind + "\n";
        int from = document.indexOf(begin) + begin.length();
        return document.substring(from, document.indexOf("```", from));
    }

    private static String read() {
        try {
            return Files.readString(Path.of("FORMAT.md"));
        } catch (IOException e) {
            throw new UncheckedIOException("FORMAT.md is not readable", e);
        }
    }
}
