package org.example.notes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the tutorial of the SPI shows is the code of itests/thirdparty, and its commands fit the archetype. */
class TutorialTest {
    private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    private final String tutorial = read(Path.of("../../bundles/spi/README.md"));

    @Test
    void theTutorialShowsCodeThatIsCompiledAndTested() throws IOException {
        List<String> sources;
        try (Stream<Path> files = Files.walk(Path.of("../thirdparty"))) {
            sources = files.filter(file -> file.toString().endsWith(".java"))
                    .map(TutorialTest::read)
                    .toList();
        }
        List<String> shown =
                JAVA.matcher(tutorial).results().map(block -> block.group(1)).toList();
        assertEquals(6, shown.size(), "pieces of code");
        for (String code : shown) {
            assertTrue(
                    sources.stream().anyMatch(source -> source.contains(code)), () -> "shown, and not there:\n" + code);
        }
    }

    @Test
    void theCommandsNameTheArchetypeAndItsPlugIn() {
        String archetype = read(Path.of("../../bundles/archetype/pom.xml"));
        Matcher plugIn = Pattern.compile("maven-archetype-plugin</artifactId>\\s*<version>(.*)</version>")
                .matcher(archetype);
        assertTrue(plugIn.find());
        assertTrue(tutorial.contains("maven-archetype-plugin:" + plugIn.group(1) + ":generate"), plugIn::group);
        Matcher version = Pattern.compile("<version>(.*)</version>").matcher(archetype);
        assertTrue(version.find());
        assertTrue(tutorial.contains("-DarchetypeVersion=" + version.group(1)), version::group);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
