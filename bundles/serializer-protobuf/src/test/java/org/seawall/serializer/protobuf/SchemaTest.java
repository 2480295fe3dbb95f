package org.seawall.serializer.protobuf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.WireFormat;
import java.lang.reflect.Field;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** segment.proto says what the code does, and says it in words too. */
class SchemaTest {
    @Test
    void theTagsAreThoseOfTheSchema() throws IllegalAccessException {
        assertEquals(tagsOfSchema(StockProtobuf.SEGMENT), tagsOfCode(Tags.Segment.class));
        assertEquals(tagsOfSchema(StockProtobuf.HEADER), tagsOfCode(Tags.Header.class));
        assertEquals(tagsOfSchema(StockProtobuf.BATCH), tagsOfCode(Tags.Batch.class));
        assertEquals(tagsOfSchema(StockProtobuf.ENTRY), tagsOfCode(Tags.Entry.class));
        assertEquals(tagsOfSchema(StockProtobuf.METADATA), tagsOfCode(Tags.Metadata.class));
    }

    @Test
    void fieldsAreDeclaredInTheOrderInWhichTheyAreWritten() {
        for (Descriptor type : StockProtobuf.SCHEMA.getMessageTypes()) {
            int last = 0;
            for (FieldDescriptor field : type.getFields()) {
                assertTrue(field.getNumber() > last, field.getFullName());
                last = field.getNumber();
            }
        }
    }

    @Test
    void whatItsNameDoesNotSayOfAFieldIsSaidAboveIt() {
        List<String> clear = List.of("header", "batch", "text", "integer", "real", "flag");
        String before = "";
        for (String line : SchemaFile.TEXT.lines().toList()) {
            Matcher field = Pattern.compile("  .*?(\\w+) = \\d+.*;").matcher(line);
            if (field.matches() && !clear.contains(field.group(1))) {
                assertTrue(before.startsWith("  // "), line);
            }
            before = line;
        }
    }

    private static Map<String, Integer> tagsOfSchema(Descriptor type) {
        Map<String, Integer> tags = new TreeMap<>();
        for (FieldDescriptor field : type.getFields()) {
            int wireType = field.isPacked()
                    ? WireFormat.WIRETYPE_LENGTH_DELIMITED
                    : field.getLiteType().getWireType();
            tags.put(field.getName().toUpperCase(Locale.ROOT), field.getNumber() << 3 | wireType);
        }
        return tags;
    }

    private static Map<String, Integer> tagsOfCode(Class<?> type) throws IllegalAccessException {
        Map<String, Integer> tags = new TreeMap<>();
        for (Field field : type.getDeclaredFields()) {
            if (!field.isSynthetic()) {
                tags.put(field.getName(), field.getInt(null));
            }
        }
        return tags;
    }
}
