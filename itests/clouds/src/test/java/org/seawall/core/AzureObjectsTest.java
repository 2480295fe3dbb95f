package org.seawall.core;

import java.io.IOException;
import org.junit.jupiter.api.extension.ExtendWith;
import org.seawall.filesystem.azure.Azurite;
import org.seawall.filesystem.azure.AzuriteExtension;

/** The same with one blob for each commit. */
@ExtendWith(AzuriteExtension.class)
class AzureObjectsTest extends AzureTest {
    AzureObjectsTest(Azurite server) throws IOException {
        super(server);
    }

    @Override
    boolean appendBlobs() {
        return false;
    }
}
