package org.seawall.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.seawall.spi.filesystem.Capability;

/** CONTRACT.md and the code name the same rules. */
class ContractDocumentTest {
    private static final Pattern ROW = Pattern.compile("[|] ([FWSL])([0-9]+) [|] (.+?) [|] (.+) [|] (.+) [|]");
    private static final Pattern LEVEL = Pattern.compile("MAY|MUST( if ([A-Z_]+)( and ([A-Z_]+))?)?");

    private record Row(String number, String level, String rule, String why) {}

    private static List<Row> rows() throws IOException {
        return Files.readAllLines(Path.of("CONTRACT.md")).stream()
                .map(ROW::matcher)
                .filter(matcher -> matcher.matches())
                .map(found -> new Row(
                        String.format("%s%02d", found.group(1), Integer.parseInt(found.group(2))),
                        found.group(3),
                        found.group(4),
                        found.group(5)))
                .toList();
    }

    @Test
    void everyRuleHasARowAndEveryRowARule() throws IOException {
        List<Row> rows = rows();
        Set<String> numbers = new TreeSet<>();
        rows.forEach(row -> assertTrue(numbers.add(row.number()), () -> "two rows of " + row.number()));
        assertEquals(new Rules().numbers(), numbers);
    }

    @Test
    void everyRowHasALevelARuleAndAWhy() throws IOException {
        for (Row row : rows()) {
            assertTrue(LEVEL.matcher(row.level()).matches(), row::toString);
            assertFalse(row.rule().isBlank() || row.why().isBlank(), row::toString);
            for (String word : row.level().split(" ")) {
                if (!Set.of("MUST", "MAY", "if", "and").contains(word)) {
                    Capability.valueOf(word);
                }
            }
        }
    }
}
