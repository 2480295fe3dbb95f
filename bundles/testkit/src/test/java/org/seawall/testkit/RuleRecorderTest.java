package org.seawall.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** What is written down of a run of a contract is what became of it, and nothing that did not run is written as passed. */
class RuleRecorderTest {
    @TempDir
    private Path directory;

    private List<String[]> recorded(Class<?> contract, DiscoverySelector selector, String wrong) throws IOException {
        LauncherFactory.create()
                .execute(LauncherDiscoveryRequestBuilder.request()
                        .selectors(selector)
                        .configurationParameter(WrongBackend.PARAMETER, wrong)
                        .configurationParameter(RuleRecorder.DIRECTORY, directory.toString())
                        .build());
        List<String> lines = Files.readAllLines(directory.resolve(contract.getName() + ".tsv"));
        assertEquals(RuleRecord.HEADER, lines.get(0));
        return lines.stream().skip(1).map(line -> line.split("\t", -1)).toList();
    }

    private static Map<String, String> outcomes(List<String[]> lines) {
        return lines.stream().collect(Collectors.toMap(line -> line[3], line -> line[5]));
    }

    @Test
    void whatPassedWhatFailedAndWhatIsNotAboutItAreToldApart() throws IOException {
        List<String[]> lines =
                recorded(WrongPlainRun.class, selectClass(WrongPlainRun.class), PlainFlaw.SORTS_METADATA.name());
        String[] rule = lines.get(0);
        assertEquals(
                List.of("serializer", "WrongPlainRun", "memory", "S01"),
                List.of(rule).subList(0, 4));
        assertEquals("passed", outcomes(lines).get("S01"));
        assertEquals("failed", outcomes(lines).get(PlainFlaw.SORTS_METADATA.rule));
        assertTrue(lines.stream().anyMatch(line -> line[5].equals("failed") && line[7].contains("AssertionFailed")));
    }

    @Test
    void aRuleAboutWhatIsNotClaimedNamesTheCapability() throws IOException {
        Class<?> least = NothingClaimedContractTest.class;
        List<String[]> lines = recorded(least, selectClass(least), "");
        String[] replaces =
                lines.stream().filter(line -> line[3].equals("F18")).findFirst().orElseThrow();
        assertEquals(
                List.of("not_applicable", "CONDITIONAL_REPLACE", "not claimed: [CONDITIONAL_REPLACE]"),
                List.of(replaces).subList(5, 8));
    }

    @Test
    void whatNobodyAskedForIsNotPassed() throws IOException {
        Class<?> contract = PlainContractTest.class;
        String one = Stream.of(contract.getMethods())
                .map(java.lang.reflect.Method::getName)
                .filter(name -> name.startsWith("s01_"))
                .findFirst()
                .orElseThrow();
        Map<String, String> outcomes = outcomes(recorded(contract, selectMethod(contract, one), ""));
        assertEquals("passed", outcomes.remove("S01"));
        assertEquals(List.of("not_run"), outcomes.values().stream().distinct().toList());
        assertFalse(outcomes.isEmpty());
    }

    @Test
    void whatAClassCouldNotBeginIsSkippedWithTheReason() throws IOException {
        List<String[]> lines = recorded(NoServerRun.class, selectClass(NoServerRun.class), "");
        assertEquals(
                new Rules()
                        .numbers().stream().filter(rule -> rule.startsWith("F")).count(),
                lines.size());
        for (String[] line : lines) {
            assertEquals(List.of("skipped", "", "no server here"), List.of(line).subList(5, 8));
        }
    }
}
