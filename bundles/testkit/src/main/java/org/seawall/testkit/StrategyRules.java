package org.seawall.testkit;

import org.seawall.spi.strategy.WriteStrategy;

/** What the rules of strategies are about. */
interface StrategyRules {
    WriteStrategy strategy();

    Ground ground();
}
