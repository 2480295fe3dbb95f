package org.seawall.core.engine;

import java.nio.file.Path;

class ProtobufDamageTest extends DamageTest {
    @Override
    Logs logs(Path home) {
        return new Logs(home, Logs.PROTOBUF);
    }
}
