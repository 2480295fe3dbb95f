package org.seawall.serializer.avro;

import org.seawall.serializer.common.DamageRules;

class DamageTest extends DamageRules {
    DamageTest() {
        super(Avro.SERIALIZER);
    }
}
