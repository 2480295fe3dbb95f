package org.seawall.itests.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code -Dbackend=GROUP:ARTIFACT:VERSION}: the contract on one bundle that anybody has made. */
class BackendTest {
    @Test
    void theBackendKeepsItsContract() throws Exception {
        Artifact backend = Artifact.parse(System.getProperty("backend"));
        Path checkout = Path.of(System.getProperty("seawall.home"));
        Path home = Path.of("target/backend", backend.name() + "-" + backend.version());
        BackendRun run = new BackendRun(
                backend.toString(),
                home,
                checkout,
                BackendRun.paths(
                        System.getProperty("backend.configuration", ""),
                        Path.of(System.getProperty("maven.directory"))),
                System.getProperty("backend.url", ""));
        List<String> broken = run.on(backend.jar(checkout, Path.of("target/backend/jars")));
        assertEquals("", String.join("\n", broken), () -> "rules that are broken, table=" + run.table());
    }
}
