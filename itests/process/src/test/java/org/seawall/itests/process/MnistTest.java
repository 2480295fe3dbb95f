package org.seawall.itests.process;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

@EnabledIfSystemProperty(
        named = "mnist",
        matches = ".+",
        disabledReason = "-Dmnist=DIR is not given, a directory with base.fvecs, query.fvecs and groundtruth.ivecs")
class MnistTest {
    @Test
    void aNewProcessFindsTheTrueNeighboursOfDigits() throws Exception {
        Path digits = Path.of(System.getProperty("mnist"));
        Seawall seawall = Seawall.at("mnist");
        seawall.run("wal:create digits --dimension 784", "wal:ingest digits " + digits.resolve("base.fvecs"))
                .assertOk();
        Outcome found = seawall.run("wal:search digits --queries " + digits.resolve("query.fvecs") + " -k 10 --truth "
                        + digits.resolve("groundtruth.ivecs"))
                .assertOk();
        assertEquals("recall@10=1.0000", found.out().get(0));
    }
}
