package org.seawall.core;

import org.junit.jupiter.api.extension.ExtendWith;
import org.seawall.filesystem.gcs.FakeGcs;
import org.seawall.filesystem.gcs.FakeGcsExtension;
import org.seawall.filesystem.gcs.GcsCloud;

@ExtendWith(FakeGcsExtension.class)
class GcsTest extends CloudTest {
    private final Cloud cloud;

    GcsTest(FakeGcs server) {
        cloud = new GcsCloud(server);
    }

    @Override
    Cloud cloud() {
        return cloud;
    }
}
