package org.seawall.filesystem.common;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.seawall.spi.filesystem.Location;

class ObjectPathTest {

    private static ObjectPath of(String url) {
        return ObjectPath.of(Location.parse(url));
    }

    @Test
    void aLocationIsABucketAndAKey() {
        assertEquals(new ObjectPath("bucket", "a/b c%20d"), of("s3://bucket/a/b c%20d"));
        assertEquals("a/", of("s3://bucket/a/").prefix());
        for (String url : List.of("s3://bucket", "s3://bucket/")) {
            assertEquals(new ObjectPath("bucket", ""), of(url));
            assertEquals("", of(url).prefix());
        }
    }

    @Test
    void whatCouldLeadElsewhereIsRefused() {
        for (String url : List.of(
                "s3:/bucket/a",
                "s3:bucket",
                "s3:///a",
                "s3://b//a",
                "s3://b/a/../c",
                "s3://b/./c",
                "s3://b/.seawall-x")) {
            IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> of(url), url);
            assertTrue(refused.getMessage().contains("location=" + url), refused::getMessage);
        }
    }
}
