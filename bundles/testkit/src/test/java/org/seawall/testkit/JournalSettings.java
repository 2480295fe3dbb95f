package org.seawall.testkit;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.seawall.Acknowledgement;

/** The few settings of a {@link JournalLog} with what they are without a word of the collection. */
final class JournalSettings {
    private static final Map<String, String> USUAL = Map.of(
            "acknowledgement", "DURABLE", "visibility", "DURABLE", "syncMillis", "1000", "maxBatchEntries", "100");

    private JournalSettings() {}

    static Map<String, String> inEffect(Map<String, String> own) {
        Map<String, String> all = new TreeMap<>(USUAL);
        all.putAll(own);
        return all;
    }

    static void check(Map<String, String> settings) {
        settings.forEach((name, value) -> {
            if (!valid(name, value)) {
                throw new IllegalArgumentException("not a setting or out of range, " + name + "=" + value);
            }
        });
    }

    private static boolean valid(String name, String value) {
        return switch (name) {
            case "acknowledgement" ->
                List.of(Acknowledgement.values()).toString().contains(value);
            case "visibility" -> List.of("DURABLE", "IMMEDIATE").contains(value);
            default -> USUAL.containsKey(name) && Long.parseLong(value) > 0;
        };
    }
}
