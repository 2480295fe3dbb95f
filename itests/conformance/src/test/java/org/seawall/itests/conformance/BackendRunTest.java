package org.seawall.itests.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Who tries bundles, tried: on bundles of somebody else that keep their contract, on one that does not, and on none. */
class BackendRunTest {
    private static final Path CHECKOUT = Path.of(System.getProperty("seawall.home"));

    @TempDir
    Path directory;

    private BackendRun run(String name, Path... configurations) {
        return new BackendRun(name, Path.of("target/tried", name), CHECKOUT, List.of(configurations), "");
    }

    private static Path jar(String coordinates) throws Exception {
        return Artifact.parse(coordinates).jar(CHECKOUT, Path.of("target/tried/jars"));
    }

    @Test
    void aSerializerOfSomebodyElseKeepsItsContract() throws Exception {
        BackendRun run = run("lines");
        assertEquals(List.of(), run.on(jar("org.example:lines:1.0.0")));
        String table = Files.readString(run.table());
        assertTrue(table.contains("## Serializer `lines`"), table);
        assertTrue(table.contains("24 passed."), table);
    }

    @Test
    void aFileSystemOfSomebodyElseIsTriedOnceItIsConfigured() throws Exception {
        Path jar = jar("org.example:volume:1.0.0");
        Refusal refusal = assertThrows(Refusal.class, () -> run("volume").on(jar));
        assertTrue(
                refusal.getMessage().contains("waits for a configuration, pid=org.example.volume,"),
                refusal::getMessage);

        Path configuration = Files.writeString(
                directory.resolve("org.example.volume.cfg.json"), "{ \"root\": \"" + directory + "\" }");
        BackendRun run = run("volume", configuration);
        assertEquals(List.of(), run.on(jar));
        String table = Files.readString(run.table());
        assertTrue(table.contains("35 not applicable, 30 passed."), table);
        assertTrue(table.contains("not claimed: [LOCK]"), table);
    }

    @Test
    void aBundleThatBreaksARuleIsToldWhichAndHow() throws Exception {
        Path jar = new BundleJar(
                        "org.seawall.itests.conformance.wrong",
                        Map.of(
                                "DynamicImport-Package",
                                "*",
                                "Bundle-Activator",
                                "org.seawall.itests.conformance.wrong.ReplacingFileSystem"))
                .write(directory.resolve("wrong.jar"));
        BackendRun run = run("wrong");
        List<String> broken = run.on(jar);
        assertTrue(broken.stream().anyMatch(line -> line.startsWith("F14 of ")), broken::toString);
        String table = Files.readString(run.table());
        assertTrue(table.contains("| **FAILED** ["), table);
        assertTrue(table.contains("Expected java.nio.file.FileAlreadyExistsException to be thrown"), table);
    }

    /** It is one that this module needs itself, so that nothing has to be loaded for it. */
    @Test
    void aBundleThatThisCheckoutHasNotBuiltIsFoundByMaven() throws Exception {
        assertTrue(Files.size(jar("org.osgi:org.osgi.util.function:1.2.0")) > 0);
    }

    @Test
    void aBundleThatCannotBeTriedIsOneLine() throws Exception {
        assertRefused(
                "bundle offers no FileSystem, WriteStrategy or BatchSerializer: it has no components",
                () -> run("none").on(jar("org.seawall:seawall-spi:" + System.getProperty("seawall.version"))));
        Path unresolved = new BundleJar("org.seawall.itests.conformance.wrong", Map.of("Import-Package", "org.missing"))
                .write(directory.resolve("unresolved.jar"));
        assertRefused("bundle does not start, reason=", () -> run("unresolved").on(unresolved));
        assertRefused("no coordinates of a bundle", () -> Artifact.parse("org.example:lines"));
        assertRefused(
                "no such configuration",
                () -> run("lost", Path.of("lost.cfg.json")).on(unresolved));
    }

    private static void assertRefused(String begin, Executable what) {
        String message = assertThrows(Refusal.class, what).getMessage();
        assertTrue(message.startsWith(begin) && message.lines().count() == 1, message);
    }
}
