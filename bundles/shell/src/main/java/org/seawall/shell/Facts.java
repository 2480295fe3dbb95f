package org.seawall.shell;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Names and values, one a line, the values under each other. What is empty is left out. */
final class Facts {
    private final Map<String, String> facts = new LinkedHashMap<>();

    Facts add(String name, Object value) {
        String text = String.valueOf(value);
        if (!text.isEmpty()) {
            facts.put(name, Text.printable(text));
        }
        return this;
    }

    List<String> lines() {
        int width = facts.keySet().stream().mapToInt(String::length).max().orElse(0);
        List<String> lines = new ArrayList<>();
        facts.forEach((name, value) -> lines.add(name + " ".repeat(width - name.length() + 2) + value));
        return lines;
    }
}
