package org.seawall.filesystem.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seawall.spi.filesystem.Location;

/** What is configured wrong is told at once, and in the same words each time. */
class NotReachedTest {
    private static final Location DIRECTORY = Location.parse("s3://bucket/wal");

    private final Map<String, String> before = new HashMap<>();

    /** Nothing of the machine's own says a region. */
    @BeforeEach
    void nowhereToLook(@TempDir Path nothing) {
        assumeTrue(System.getenv("AWS_REGION") == null, "the environment says a region");
        set("aws.configFile", nothing.resolve("config").toString());
        set("aws.sharedCredentialsFile", nothing.resolve("credentials").toString());
        set("aws.disableEc2Metadata", "true");
    }

    private void set(String name, String value) {
        before.put(name, System.getProperty(name));
        System.setProperty(name, value);
    }

    @AfterEach
    void asBefore() {
        before.forEach((name, value) -> {
            if (value == null) {
                System.clearProperty(name);
            } else {
                System.setProperty(name, value);
            }
        });
    }

    private static IOException refusal(Map<String, Object> configured) {
        S3FileSystem files = TestConfiguration.of(configured).open();
        try {
            return assertThrows(IOException.class, () -> files.list(DIRECTORY));
        } finally {
            files.stop();
        }
    }

    @Test
    void aMissingRegionIsNamed() {
        IOException first = refusal(Map.of("credentials", "anonymous"));
        assertTrue(first.getMessage().startsWith("no region is known, set region"), first.getMessage());
        assertNull(first.getCause());
        assertEquals(
                first.getMessage(), refusal(Map.of("credentials", "anonymous")).getMessage());
    }

    /** With the usual attempts and waits, a hundred of them: a test that repeats them does not end. */
    @Test
    void anEndpointThatIsNotThereIsAskedOnce() {
        IOException refused = refusal(Map.of(
                "credentials",
                "anonymous",
                "endpoint",
                "http://localhost:1",
                "pathStyle",
                true,
                "attempts",
                100,
                "retryBudget",
                0,
                "callTimeoutMillis",
                3_600_000,
                "retryDelayMillis",
                60_000,
                "retryDelayMaxMillis",
                600_000));
        assertTrue(refused.getMessage().contains("never reached yet"), refused.getMessage());
    }
}
