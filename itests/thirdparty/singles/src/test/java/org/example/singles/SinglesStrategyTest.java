package org.example.singles;

import org.seawall.spi.strategy.WriteStrategy;
import org.seawall.testkit.Subject;
import org.seawall.testkit.WriteStrategyContract;

/** The contract of strategies. */
@Subject("singles")
class SinglesStrategyTest extends WriteStrategyContract {
    @Override
    public WriteStrategy strategy() {
        return new SinglesStrategy();
    }
}
