package org.seawall.itests.conformance;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.seawall.itests.conformance.Result.Column;

/** One table: the rules of a contract down, what they were tried on across, and below it why some were not. */
record Section(String title, String contract, List<Column> columns, Contracts contracts, Recorded recorded) {
    private static final String NOT_RECORDED = "nothing was written down";

    List<String> lines() {
        Map<String, Integer> reasons = new LinkedHashMap<>();
        List<String> lines = new ArrayList<>(List.of("## " + title, ""));
        lines.add("| rule | level | what holds | " + heads() + " |");
        lines.add("|---|---|---|" + "---|".repeat(columns.size()));
        for (String rule : Contracts.numbers(contract)) {
            String cells =
                    columns.stream().map(column -> cell(column, rule, reasons)).collect(Collectors.joining(" | "));
            Contracts.Rule row = contracts.rule(rule);
            lines.add("| " + rule + " | " + row.level() + " | " + row.text() + " | " + cells + " |");
        }
        lines.add("");
        reasons.forEach((reason, number) -> lines.add("[" + number + "] " + reason + "  "));
        lines.add("");
        return lines;
    }

    private String heads() {
        return columns.stream()
                .map(column -> contract.equals(Contracts.SERIALIZER) ? column.subject() : column.on())
                .collect(Collectors.joining(" | "));
    }

    private String cell(Column column, String rule, Map<String, Integer> reasons) {
        Optional<Result> found = recorded.find(column, rule);
        if (found.isPresent() && found.get().is(Result.PASSED)) {
            return "passed";
        }
        String why = found.map(Result::why).orElse(NOT_RECORDED);
        int number = reasons.computeIfAbsent(why, reason -> reasons.size() + 1);
        String word = found.map(Result::outcome).orElse("not run").replace('_', ' ');
        return (word.equals("failed") ? "**FAILED**" : word) + " [" + number + "]";
    }

    /**
     * What failed or was left out without a good reason.
     *
     * @param skipsFail whether everything had to run in this build: else what was skipped, or what nothing is known of, is in the
     *     table only, as not run
     */
    List<String> missing(boolean skipsFail) {
        List<String> missing = new ArrayList<>();
        for (Column column : columns) {
            for (String rule : Contracts.numbers(contract)) {
                Optional<Result> found = recorded.find(column, rule);
                if (found.map(result -> !allowed(result, skipsFail)).orElse(skipsFail)) {
                    missing.add(rule + " of " + column + ": "
                            + found.map(result -> result.outcome() + ", " + result.why())
                                    .orElse(NOT_RECORDED));
                }
            }
        }
        return missing;
    }

    private boolean allowed(Result result, boolean skipsFail) {
        return result.is(Result.PASSED)
                || result.is(Result.SKIPPED) && !skipsFail
                || result.is(Result.NOT_APPLICABLE) && mayBeLeftOut(result);
    }

    /**
     * A file system may leave out what CONTRACT.md ties to a capability that it does not claim, or to a power that can be cut,
     * and a refusal of what it does claim. The other contracts say themselves what they are not about.
     */
    private boolean mayBeLeftOut(Result result) {
        if (!contract.equals(Contracts.FILES)) {
            return true;
        }
        String level = contracts.rule(result.rule()).level();
        return level.equals("MAY")
                || result.why().equals("the power cannot be cut")
                || !result.lacking().isEmpty() && result.lacking().stream().allMatch(level::contains);
    }
}
