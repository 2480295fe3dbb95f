package org.seawall.core;

import org.seawall.spi.strategy.WriteStrategy;
import org.seawall.testkit.Ground;
import org.seawall.testkit.WriteStrategyContract;

/** The contract of strategies on an object store: what it has answered is durable, so there is one state to a crash. */
abstract class StrategyOnStore extends WriteStrategyContract {
    private static final int EVERY = Integer.getInteger("clouds.every", 7);

    private final WriteStrategy strategy;
    private final Store store;

    StrategyOnStore(WriteStrategy strategy, Store store) {
        this.strategy = strategy;
        this.store = store;
    }

    @Override
    public WriteStrategy strategy() {
        return strategy;
    }

    @Override
    public Ground ground() {
        return new Ground(store::storage, 1, EVERY);
    }
}
