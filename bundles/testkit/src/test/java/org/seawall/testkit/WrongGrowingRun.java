package org.seawall.testkit;

import org.junit.jupiter.api.extension.RegisterExtension;
import org.seawall.spi.strategy.WriteStrategy;

/** The contract on a strategy with a flaw. Not run by itself. */
class WrongGrowingRun extends WriteStrategyContract {
    @RegisterExtension
    final WrongBackend wrong = new WrongBackend();

    @Override
    public WriteStrategy strategy() {
        return new GrowingStrategy(GrowingStrategy.Flaw.valueOf(wrong.get()));
    }
}
