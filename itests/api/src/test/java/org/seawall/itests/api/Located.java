package org.seawall.itests.api;

import java.util.ArrayList;
import java.util.List;

/** Lines of an API, each behind the ones that it is under: no two of them are equal. */
final class Located {
    private Located() {}

    static List<String> all(List<String> lines) {
        List<String> located = new ArrayList<>();
        String exported = "";
        String type = "";
        for (String line : lines) {
            if (line.startsWith("        ")) {
                located.add(type + ": " + line.strip());
            } else if (line.startsWith("    ")) {
                type = exported + ", " + line.strip();
                located.add(type);
            } else if (!line.isEmpty()) {
                exported = line;
                located.add(line);
            }
        }
        return located;
    }
}
