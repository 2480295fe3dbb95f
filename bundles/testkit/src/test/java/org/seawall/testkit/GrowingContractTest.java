package org.seawall.testkit;

import org.seawall.spi.strategy.WriteStrategy;

/** Without a flaw it keeps every rule. */
class GrowingContractTest extends WriteStrategyContract {
    @Override
    public WriteStrategy strategy() {
        return new GrowingStrategy(GrowingStrategy.Flaw.NONE);
    }
}
