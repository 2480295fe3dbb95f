package org.seawall.core;

import org.junit.jupiter.api.extension.ExtendWith;
import org.seawall.filesystem.azure.AzureCloud;
import org.seawall.filesystem.azure.Azurite;
import org.seawall.filesystem.azure.AzuriteExtension;

@ExtendWith(AzuriteExtension.class)
class AzureTest extends CloudTest {
    private final Cloud cloud;

    AzureTest(Azurite server) {
        cloud = new AzureCloud(server);
    }

    @Override
    Cloud cloud() {
        return cloud;
    }
}
