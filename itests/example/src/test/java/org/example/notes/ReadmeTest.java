package org.example.notes;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ReadmeTest {
    @Test
    void theReadmeShowsTheExampleThatIsCompiled() throws Exception {
        String example = Files.readString(Path.of("src/main/java/org/example/notes/Notes.java"));
        String readme = Files.readString(Path.of("../../README.md"));
        assertTrue(readme.contains(example), "README.md does not hold the text of Notes.java");
    }
}
