package org.seawall.serializer.protobuf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.seawall.Entry;
import org.seawall.Operation;
import org.seawall.serializer.common.Segment;
import org.seawall.spi.serializer.BatchHeader;
import org.seawall.spi.serializer.SegmentFormat;
import org.seawall.spi.serializer.SegmentHeader;

/** FORMAT.md says what the code does. */
class FormatDocumentTest {
    private static final int MARKER_BYTES = 16;

    private final String document = read();

    @Test
    void theFieldsOfThePictureAreThoseOfTheSchema() {
        for (Descriptor type : List.of(StockProtobuf.SEGMENT, StockProtobuf.BATCH)) {
            for (FieldDescriptor field : type.getFields()) {
                String tag = String.format("%02x", tag(field));
                Pattern row =
                        Pattern.compile("\\| `" + type.getName() + "\\." + field.getName() + "` +\\| `" + tag + "`");
                assertTrue(row.matcher(document).find(), field.getFullName() + " " + tag);
            }
        }
    }

    private static int tag(FieldDescriptor field) {
        return field.getNumber() << 3 | field.getLiteType().getWireType();
    }

    @Test
    void theExampleOfAHeaderIsWhatIsWritten() {
        SegmentFormat format =
                Protobuf.SERIALIZER.begin(new SegmentHeader("c", 1, 3, 41, "", 0, "n", Optional.empty(), 0));
        byte[] header = new byte[format.headerBytes().remaining()];
        format.headerBytes().get(header);
        assertArrayEquals(example("header"), Arrays.copyOf(header, header.length - MARKER_BYTES));
    }

    @Test
    void theExampleOfAFrameIsWhatIsWritten() {
        Entry entry = new Entry(
                Operation.PUT, "a", new float[] {1}, Map.of("n", true), new byte[] {7}, 1_751_120_400_000L, 0);
        SegmentFormat format = Protobuf.SERIALIZER.begin(Segment.HEADER);
        byte[] frame = Segment.joined(format.frame(
                new BatchHeader(41, 3, "w", 40, 1_751_120_400_000L), Protobuf.SERIALIZER.encode(List.of(entry), 0)));
        assertArrayEquals(example("frame"), Arrays.copyOf(frame, frame.length - MARKER_BYTES));
    }

    @Test
    void theChecksumOfTheExampleFollowsTheRule() {
        byte[] example = example("frame");
        int batch = 2;
        int checksumAndMarkersTag = 5 + 2;
        CRC32C crc = new CRC32C();
        crc.update(example, batch, example.length - checksumAndMarkersTag - batch);
        Matcher stated = Pattern.compile("crc32c (\\d+)").matcher(fenced("frame"));
        assertTrue(stated.find());
        assertEquals(crc.getValue(), Long.parseLong(stated.group(1)));
    }

    private byte[] example(String kind) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        fenced(kind).lines().forEach(line -> {
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
