package org.seawall.strategy.object;

import org.seawall.spi.strategy.WriteStrategy;
import org.seawall.testkit.Subject;
import org.seawall.testkit.WriteStrategyContract;

@Subject("object")
class ObjectContractTest extends WriteStrategyContract {
    @Override
    public WriteStrategy strategy() {
        return new ObjectStrategy();
    }
}
