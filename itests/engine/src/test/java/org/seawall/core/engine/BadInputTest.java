package org.seawall.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.seawall.Recovery.Verdict;
import org.seawall.core.engine.SmallLog.Finding;
import org.seawall.testkit.Allocation;

/** Files that are all right by themselves and not where they belong, and files that are none: one row a case. */
class BadInputTest {
    private static final List<String> TABLE = new ArrayList<>();

    static Stream<BadInput> cases() throws IOException {
        List<BadInput> cases = new ArrayList<>();
        for (BadInputs inputs : List.of(new BadInputs(Logs.AVRO), new BadInputs(Logs.PROTOBUF))) {
            cases.addAll(inputs.ofCollection());
            cases.addAll(inputs.ofCatalog());
        }
        cases.addAll(new BadRuns(Logs.AVRO).all());
        cases.addAll(new BadRuns(Logs.PROTOBUF).all());
        return cases.stream();
    }

    /**
     * A log that is not as it was left.
     *
     * @param name what was done to it
     * @param log recovers it
     * @param image its files
     * @param verdict what has to be said
     * @param fact how the detail begins; empty if there is nothing to say
     */
    record BadInput(String name, SmallLog log, LogImage image, Verdict verdict, String fact) {
        @Override
        public String toString() {
            return name;
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void hasAVerdictOfItsOwn(BadInput bad) throws IOException {
        Finding[] findings = new Finding[1];
        try (SmallLog log = bad.log()) {
            log.recover(bad.image()); // loads classes
            Allocation.isSmall(() -> findings[0] = log.recover(bad.image()), bad.name());
        }
        Finding finding = findings[0];
        TABLE.add(String.format("| %-62s | %-14s | %s |", bad.name(), finding.verdict(), finding.detail()));
        assertEquals(bad.verdict(), finding.verdict(), finding::detail);
        assertTrue(finding.detail().startsWith(bad.fact()), finding::detail);
        if (finding.verdict() != Verdict.COMPLETE) {
            for (String part : List.of("expected=", "actual=", "file=")) {
                boolean named = finding.detail().contains(part) || finding.verdict() == Verdict.FORMAT_TOO_NEW;
                assertTrue(named, finding::detail);
            }
        }
    }

    @AfterAll
    static void print() {
        System.out.println(String.format("| %-62s | %-14s | %s |", "bad input", "verdict", "detail"));
        System.out.println("|---|---|---|");
        TABLE.forEach(System.out::println);
    }

    static byte[] text() {
        return "not a segment at all, but more than a few bytes of text".getBytes(StandardCharsets.US_ASCII);
    }

    /** A file whose bytes from one place on are others. */
    static byte[] patched(byte[] file, int at, byte... bytes) {
        byte[] patched = file.clone();
        System.arraycopy(bytes, 0, patched, at, bytes.length);
        return patched;
    }

    /** A file with a range of its bytes once more behind them. */
    static byte[] twice(byte[] file, int from, int to) {
        byte[] twice = Arrays.copyOf(file, file.length + to - from);
        System.arraycopy(file, from, twice, to, file.length - from);
        return twice;
    }
}
