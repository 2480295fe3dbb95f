package org.seawall.core;

import org.seawall.filesystem.s3.S3Cloud;

class S3Test extends CloudTest {
    private final Cloud cloud = new S3Cloud();

    @Override
    Cloud cloud() {
        return cloud;
    }
}
