package org.seawall.core.engine;

import java.nio.file.Path;

class ProtobufEveryStepTest extends EveryStepTest {
    @Override
    Logs logs(Path home) {
        return new Logs(home, Logs.PROTOBUF);
    }
}
