package org.seawall.itests.conformance;

import java.util.List;

/** A line of what the testkit writes down: what became of one rule on one subject. */
record Result(Column column, String rule, String title, String outcome, List<String> lacking, String why) {
    static final String PASSED = "passed";
    static final String NOT_APPLICABLE = "not_applicable";
    static final String SKIPPED = "skipped";

    /** What was tested, by which contract, and on which storage. */
    record Column(String contract, String subject, String on) {}

    static Result parse(String line) {
        String[] fields = line.split("\t", -1);
        List<String> lacking = fields[6].isEmpty() ? List.of() : List.of(fields[6].split(" "));
        // a file system is what it is on
        String on = fields[0].equals(Contracts.FILES) ? fields[1] : fields[2];
        String subject = fields[0].equals(Contracts.FILES) ? "" : fields[1];
        return new Result(new Column(fields[0], subject, on), fields[3], fields[4], fields[5], lacking, fields[7]);
    }

    boolean is(String expected) {
        return outcome.equals(expected);
    }
}
