package org.seawall.viper.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.seawall.LogCorruptException;
import org.seawall.LogFormatException;
import org.seawall.catalog.Column;
import org.seawall.catalog.Column.Type;
import org.seawall.catalog.Metric;

/** A manifest as FORMAT.md shows it. */
class ManifestTextTest {
    private static final String PART = "part 00000003-6b1d9e0e-0b38-4b6f-9a0c-3f2f6e1c2d3a rows 900 vectors 900 bytes"
            + " 2900000 sequences 1 900 expiries 0 0 deletes 00000003-0c7d2a44-8a07-4c28-8c0e-5d7c3f9f3b11 12\n";
    private static final String HEAD =
            "version 7 epoch 3 commit 0b5e9a52-0000-4000-8000-000000000001 flushed 1200 dimension 784 metric L2\n";
    private static final String COLUMNS = "column 13 price DOUBLE declared\ncolumn 14 color STRING retired\n";

    private static final Manifest PLAIN = new Manifest(
            7,
            3,
            UUID.fromString("0b5e9a52-0000-4000-8000-000000000001"),
            1200,
            784,
            Metric.L2,
            List.of(new PartEntry(
                    "00000003-6b1d9e0e-0b38-4b6f-9a0c-3f2f6e1c2d3a",
                    900,
                    900,
                    2_900_000,
                    1,
                    900,
                    0,
                    0,
                    "00000003-0c7d2a44-8a07-4c28-8c0e-5d7c3f9f3b11",
                    12)),
            List.of());

    @Test
    void oneWithoutTypedColumnsIsOfTheFirstVersion() {
        assertText("seawall-viper-manifest 1\n" + HEAD + PART, PLAIN);
    }

    @Test
    void oneWithTypedColumnsIsOfTheSecond() {
        Manifest typed = PLAIN.next(3, 1200, PLAIN.parts(), columns());
        Manifest same = new Manifest(7, 3, PLAIN.commit(), 1200, 784, Metric.L2, PLAIN.parts(), typed.columns());
        assertText("seawall-viper-manifest 2\n" + HEAD + COLUMNS + PART, same);
    }

    @Test
    void aLaterVersionIsNotRead() {
        assertThrows(LogFormatException.class, () -> decode("seawall-viper-manifest 3\n" + HEAD));
    }

    @Test
    void columnsThatCannotBeAreDamage() {
        for (String columns : List.of(
                "column 14 price DOUBLE declared\n",
                "column 13 price DOUBLE declared\ncolumn 14 PRICE LONG retired\n",
                "column 13 price DOUBLE perhaps\n",
                "column 13 price INT declared\n",
                "column 13 id LONG declared\n",
                "column 13 price\n")) {
            LogCorruptException e = assertThrows(
                    LogCorruptException.class,
                    () -> decode("seawall-viper-manifest 2\n" + HEAD + columns + PART),
                    columns);
            assertTrue(e.getMessage().contains("manifest-7"), e.getMessage());
        }
    }

    @Test
    void aColumnKeepsItsIdAndItsType() {
        List<TypedColumn> again = TypedColumn.declare(
                columns(),
                List.of(
                        new Column("color", Type.STRING),
                        new Column("Price", Type.DOUBLE),
                        new Column("size", Type.LONG),
                        new Column("sold", Type.BOOLEAN)));
        assertEquals(
                List.of(
                        "13 price:double false",
                        "14 color:string true",
                        // one that differs from another in its case only has none
                        "15 size:long true",
                        "16 sold:boolean true"),
                again.stream()
                        .map(column -> column.id() + " " + column.column() + " " + column.declared())
                        .toList());
        assertEquals(columns(), TypedColumn.declare(columns(), List.of(new Column("price", Type.DOUBLE))));
        assertEquals(
                List.of(false, false),
                TypedColumn.declare(columns(), List.of(new Column("price", Type.LONG))).stream()
                        .map(TypedColumn::declared)
                        .toList());
    }

    private static List<TypedColumn> columns() {
        return List.of(
                new TypedColumn(13, new Column("price", Type.DOUBLE), true),
                new TypedColumn(14, new Column("color", Type.STRING), false));
    }

    private static void assertText(String expected, Manifest manifest) {
        String text = new String(ManifestText.encode(manifest), StandardCharsets.UTF_8);
        assertEquals(expected, text.substring(0, text.lastIndexOf("crc32c ")));
        assertEquals(manifest, decode(expected));
    }

    private static Manifest decode(String text) {
        CRC32C checksum = new CRC32C();
        checksum.update(text.getBytes(StandardCharsets.UTF_8));
        String whole = text + "crc32c " + String.format("%08x", checksum.getValue()) + "\n";
        return ManifestText.decode(whole.getBytes(StandardCharsets.UTF_8), "memory:/manifest-7");
    }
}
