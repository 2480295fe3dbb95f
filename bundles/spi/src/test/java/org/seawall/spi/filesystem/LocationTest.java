package org.seawall.spi.filesystem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocationTest {
    @ParameterizedTest
    @CsvSource({
        "data/wal, file, data/wal",
        "/var/wal/, file, /var/wal",
        "/, file, /",
        "file:/var/wal, file, /var/wal",
        "file:///var/wal, file, /var/wal",
        "C:\\wal, file, C:\\wal",
        "S3://bucket/wal/, s3, //bucket/wal",
        "file:a%20b, file, a%20b",
    })
    void aUrlIsParsedLiterally(String url, String scheme, String path) {
        assertEquals(new Location(scheme, path), Location.parse(url));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a/b", "a\\b", "/", "a\u0000b", "..\n/x"})
    void aChildStaysInItsDirectory(String name) {
        assertThrows(
                IllegalArgumentException.class, () -> Location.parse("/wal").child(name));
    }

    @Test
    void aFileIsOnThisHost() {
        assertThrows(IllegalArgumentException.class, () -> Location.parse("file://data/wal"));
    }

    @Test
    void parentAndChildUndoEachOther() {
        Location directory = Location.parse("s3://bucket/wal");
        assertEquals(directory, directory.child("x").parent());
        assertEquals("x", directory.child("x").name());
        assertEquals(Location.parse("/"), Location.parse("/a").parent());
        assertEquals(Location.parse("/a"), Location.parse("/").child("a"));
        assertThrows(IllegalArgumentException.class, () -> Location.parse("a").parent());
    }
}
