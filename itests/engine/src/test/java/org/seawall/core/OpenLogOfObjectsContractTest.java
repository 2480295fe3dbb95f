package org.seawall.core;

import org.seawall.spi.strategy.WriteStrategy;
import org.seawall.strategy.object.ObjectStrategy;

/** The same with one object a commit. */
class OpenLogOfObjectsContractTest extends OpenLogContractTest {
    @Override
    WriteStrategy strategy() {
        return new ObjectStrategy();
    }
}
