package org.seawall.testkit;

import org.seawall.spi.strategy.WriteStrategy;

/** Without a flaw it keeps every rule, so that a flaw alone is what is caught. */
class RollingContractTest extends WriteStrategyContract {
    @Override
    public WriteStrategy strategy() {
        return new RollingStrategy(RollingFlaw.NONE);
    }
}
