package org.seawall.testkit;

import org.junit.jupiter.api.extension.RegisterExtension;
import org.seawall.spi.strategy.WriteStrategy;

/** The contract on a strategy with a flaw. Not run by itself. */
class WrongCreatingRun extends WriteStrategyContract {
    @RegisterExtension
    final WrongBackend wrong = new WrongBackend();

    @Override
    public WriteStrategy strategy() {
        return new CreatingStrategy(CreatingStrategy.Flaw.valueOf(wrong.get()));
    }
}
