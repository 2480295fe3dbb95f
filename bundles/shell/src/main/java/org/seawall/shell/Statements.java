package org.seawall.shell;

import java.util.ArrayList;
import java.util.List;
import org.apache.felix.gogo.runtime.Parser;
import org.apache.felix.gogo.runtime.Parser.Executable;
import org.apache.felix.gogo.runtime.Parser.Operator;

/** The commands of a line as Gogo's own parser sees them: a semicolon in quotes or braces separates nothing. */
final class Statements {
    private Statements() {}

    /**
     * Takes a line apart.
     *
     * @throws RuntimeException of Gogo if the line does not parse
     */
    static List<String> of(String line) {
        List<String> statements = new ArrayList<>();
        int begin = 0;
        for (Executable token : new Parser(line).program().tokens()) {
            if (token instanceof Operator && separates(token.toString())) {
                statements.add(line.substring(begin, token.start()));
                begin = token.start() + token.length();
            }
        }
        statements.add(line.substring(begin));
        return statements.stream()
                .map(String::strip)
                .filter(one -> !one.isEmpty())
                .toList();
    }

    private static boolean separates(String operator) {
        return operator.equals(";") || operator.equals("\n");
    }
}
