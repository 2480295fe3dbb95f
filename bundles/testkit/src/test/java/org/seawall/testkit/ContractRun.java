package org.seawall.testkit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs contracts against wrong backends and tells which rules failed. */
final class ContractRun {
    /** Rules that take seconds; left out where another one is to catch. */
    private static final Set<String> SLOW = Set.of("W21", "W22", "L20", "L21", "L22");

    private final List<String> table = new ArrayList<>();
    private final List<String> uncaught = new ArrayList<>();

    /** Runs a contract class against one wrong backend that a rule is to catch. */
    void against(Class<?> contract, String wrong, String rule) {
        Set<String> failed = failed(contract, wrong, rule);
        boolean caught = failed.contains(rule);
        table.add(String.format("| %-4s | %-38s | %-6s | %s |", rule, wrong, caught ? "caught" : "NO", failed));
        if (!caught) {
            uncaught.add(wrong + " by " + rule + ", failed were " + failed);
        }
    }

    private static Set<String> failed(Class<?> contract, String wrong, String rule) {
        TreeMap<String, TestExecutionResult> results = new TreeMap<>();
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(contract))
                .filters((PostDiscoveryFilter) test -> FilterResult.includedIf(!test.isTest()
                        || !SLOW.contains(rule(test.getDisplayName()))
                        || rule.equals(rule(test.getDisplayName()))))
                .configurationParameter(WrongBackend.PARAMETER, wrong)
                .configurationParameter(RuleRecorder.DIRECTORY, "")
                .build();
        LauncherFactory.create().execute(request, new TestExecutionListener() {
            @Override
            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                if (test.isTest()) {
                    results.put(test.getDisplayName(), result);
                }
            }
        });
        Set<String> failed = new TreeSet<>();
        results.forEach((name, result) -> {
            if (result.getStatus() == Status.FAILED) {
                failed.add(rule(name));
            }
        });
        return failed;
    }

    private static String rule(String test) {
        return test.replaceAll("_.*", "").toUpperCase(Locale.ROOT);
    }

    /** The lines of a table: rule, wrong backend, caught, all rules that failed. */
    List<String> table() {
        return table;
    }

    List<String> uncaught() {
        return uncaught;
    }
}
