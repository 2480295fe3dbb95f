package org.seawall.testkit;

import org.seawall.spi.strategy.WriteStrategy;

/**
 * The rules W1 to W38 of CONTRACT.md, which a {@link WriteStrategy} has to keep. Extend it, return the strategy, and run it with
 * JUnit. The storage is in memory, can do what the strategy requires and nothing else, and is cut off at every operation.
 */
public abstract class WriteStrategyContract
        implements StrategySegmentRules,
                StrategyDurabilityRules,
                StrategyFailureRules,
                StrategyFlightRules,
                StrategySealRules {
    /** For extension by a test. */
    protected WriteStrategyContract() {}

    /**
     * The strategy to be tested.
     *
     * @return a new one or always the same
     */
    @Override
    public abstract WriteStrategy strategy();
}
