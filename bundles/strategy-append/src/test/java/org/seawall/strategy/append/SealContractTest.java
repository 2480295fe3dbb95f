package org.seawall.strategy.append;

import org.seawall.spi.strategy.WriteStrategy;
import org.seawall.testkit.WriteStrategyContract;

class SealContractTest extends WriteStrategyContract {
    @Override
    public WriteStrategy strategy() {
        return new SealStrategy();
    }
}
