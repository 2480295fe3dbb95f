package org.seawall.strategy.append;

import org.seawall.spi.strategy.WriteStrategy;
import org.seawall.testkit.Subject;
import org.seawall.testkit.WriteStrategyContract;

@Subject("append")
class AppendContractTest extends WriteStrategyContract {
    @Override
    public WriteStrategy strategy() {
        return new AppendStrategy();
    }
}
