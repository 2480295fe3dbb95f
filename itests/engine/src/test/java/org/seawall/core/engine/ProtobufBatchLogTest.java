package org.seawall.core.engine;

import java.nio.file.Path;

class ProtobufBatchLogTest extends BatchLogTest {
    @Override
    Logs logs(Path home) {
        return new Logs(home, Logs.PROTOBUF);
    }
}
