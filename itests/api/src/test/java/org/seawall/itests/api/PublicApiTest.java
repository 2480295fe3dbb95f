package org.seawall.itests.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The API.txt of each bundle that exports something is its API: who changes one changes the other, where everybody sees it. */
class PublicApiTest {
    private static final Path HOME = Path.of(System.getProperty("seawall.home"));

    @ParameterizedTest
    @ValueSource(strings = {"api", "spi", "testkit"})
    void theFileInTheRepositorySaysWhatIsExported(String bundle) throws IOException {
        List<String> exported = PublicApi.lines(classes(bundle));
        Path kept = HOME.resolve("bundles/" + bundle + "/API.txt");
        Path made = Path.of("target", bundle + "-API.txt").toAbsolutePath();
        Files.createDirectories(made.getParent());
        Files.write(made, exported);
        List<String> lines = Files.exists(kept) ? Files.readAllLines(kept) : List.of();
        List<String> changes = changes(lines, exported);
        assertTrue(
                changes.isEmpty() && lines.equals(exported),
                () -> "what the bundle " + bundle + " exports is not what bundles/" + bundle + "/API.txt says:\n"
                        + String.join("\n", changes)
                        + "\nIf that is meant, see bundles/README.md for the versions, then:\ncp "
                        + HOME.relativize(made) + " " + HOME.relativize(kept));
    }

    @Test
    void everyTypeThatOthersCanImplementSaysWhoDoes() throws IOException {
        List<String> unsaid = new ArrayList<>();
        for (String bundle : List.of("api", "spi", "testkit")) {
            for (ExportedPackage exported : ExportedPackage.of(classes(bundle))) {
                exported.types().stream()
                        .filter(type -> type.open() && type.implementedBy().isEmpty())
                        .forEach(type -> unsaid.add(type.type().getName()));
            }
        }
        assertEquals(
                List.of(), unsaid, "without @ConsumerType or @ProviderType no tool knows what a change of it breaks");
    }

    private static Path classes(String bundle) {
        return HOME.resolve("bundles/" + bundle + "/target/classes");
    }

    /** What is gone and what is new, each line with the type or package above it. */
    private static List<String> changes(List<String> before, List<String> now) {
        List<String> old = Located.all(before);
        List<String> current = Located.all(now);
        List<String> changes = new ArrayList<>();
        old.stream().filter(line -> !current.contains(line)).forEach(line -> changes.add("- " + line));
        current.stream().filter(line -> !old.contains(line)).forEach(line -> changes.add("+ " + line));
        return changes;
    }
}
