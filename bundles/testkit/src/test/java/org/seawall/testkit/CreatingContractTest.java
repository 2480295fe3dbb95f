package org.seawall.testkit;

import org.seawall.spi.strategy.WriteStrategy;

/** Without a flaw it keeps every rule. */
class CreatingContractTest extends WriteStrategyContract {
    @Override
    public WriteStrategy strategy() {
        return new CreatingStrategy(CreatingStrategy.Flaw.NONE);
    }
}
