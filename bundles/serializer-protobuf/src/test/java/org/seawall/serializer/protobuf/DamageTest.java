package org.seawall.serializer.protobuf;

import org.seawall.serializer.common.DamageRules;

class DamageTest extends DamageRules {
    DamageTest() {
        super(Protobuf.SERIALIZER);
    }
}
