package org.seawall.itests.conformance.inside;

import org.seawall.spi.strategy.WriteStrategy;
import org.seawall.testkit.WriteStrategyContract;

/** The contract of strategies, on a storage in memory that loses its power. */
public class StrategyRun extends WriteStrategyContract {
    private final Tried<WriteStrategy> tried = Tried.of(WriteStrategy.class);

    @Override
    public WriteStrategy strategy() {
        return tried.service();
    }
}
