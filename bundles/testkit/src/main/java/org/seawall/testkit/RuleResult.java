package org.seawall.testkit;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.seawall.spi.filesystem.Capability;

/** What became of one rule. */
record RuleResult(Outcome outcome, String why, Set<Capability> lacking) {
    enum Outcome {
        PASSED,
        FAILED,
        /** The rule is about something else than what the plug-in claims to do. */
        NOT_APPLICABLE,
        /** Left out, because what the test needs is not there. */
        SKIPPED,
        /** Nobody asked for it, or the class failed before. */
        NOT_RUN
    }

    static final RuleResult PASSED = new RuleResult(Outcome.PASSED, "", Set.of());

    static RuleResult failed(Throwable failure) {
        return new RuleResult(Outcome.FAILED, String.valueOf(failure), Set.of());
    }

    static RuleResult aborted(Throwable reason) {
        if (reason instanceof NotApplicable rule) {
            return new RuleResult(Outcome.NOT_APPLICABLE, rule.getMessage(), rule.lacking());
        }
        return new RuleResult(Outcome.SKIPPED, String.valueOf(reason.getMessage()), Set.of());
    }

    static RuleResult skipped(String why) {
        return new RuleResult(Outcome.SKIPPED, why, Set.of());
    }

    static RuleResult notRun(String why) {
        return new RuleResult(Outcome.NOT_RUN, why, Set.of());
    }

    /** The columns of a line, without those of who is tested. */
    String columns() {
        String lacks = new TreeSet<>(lacking).stream().map(Enum::name).collect(Collectors.joining(" "));
        return outcome.name().toLowerCase(Locale.ROOT) + '\t' + lacks + '\t' + why.replaceAll("\\s+", " ");
    }
}
