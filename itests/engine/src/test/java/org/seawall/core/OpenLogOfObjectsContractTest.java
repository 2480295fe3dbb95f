package org.seawall.core;

import org.seawall.spi.strategy.WriteStrategy;
import org.seawall.strategy.object.ObjectStrategy;
import org.seawall.testkit.Subject;

/** The same with one object a commit. */
@Subject("object")
class OpenLogOfObjectsContractTest extends OpenLogContractTest {
    @Override
    WriteStrategy strategy() {
        return new ObjectStrategy();
    }
}
