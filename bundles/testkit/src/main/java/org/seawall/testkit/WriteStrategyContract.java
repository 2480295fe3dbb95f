package org.seawall.testkit;

import org.junit.jupiter.api.extension.ExtendWith;
import org.osgi.annotation.versioning.ConsumerType;
import org.seawall.spi.strategy.WriteStrategy;

/**
 * The rules W1 to W38 of CONTRACT.md, which a {@link WriteStrategy} has to keep. Extend it, return the strategy, and run it with
 * JUnit. The storage can do what the strategy requires and nothing else, and is cut off at every operation.
 */
@ExtendWith(RuleRecorder.class)
@ConsumerType
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

    /**
     * Where it is tried. Rules are left out if the storage does not claim what the strategy requires.
     *
     * @return memory, unless it is overridden
     */
    @Override
    public Ground ground() {
        return new Ground(
                () -> Storage.inMemory().through(new MemoryFileSystem(strategy().requires(), 700)),
                Integer.MAX_VALUE,
                1);
    }
}
