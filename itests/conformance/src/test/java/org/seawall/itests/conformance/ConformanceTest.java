package org.seawall.itests.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.seawall.itests.conformance.Result.Column;

/**
 * The last of all tests: joins what the contracts of this build have written down into one table, and fails if a rule that
 * should have run did not.
 */
class ConformanceTest {
    private static final Path HOME = Path.of(System.getProperty("seawall.home"));
    private static final boolean ACCOUNT = Boolean.getBoolean("clouds.account");
    private static final List<String> CLOUDS = List.of("S3", "Azure", "GCS");

    @Test
    void everyRuleRanOnEveryBackendThatItIsAbout() throws IOException {
        List<Section> sections = sections();
        List<String> lines = new ArrayList<>(List.of("# Conformance: the rules of the testkit, on every backend", ""));
        lines.addAll(legend());
        sections.forEach(section -> lines.addAll(section.lines()));
        Path table = Path.of("target", ACCOUNT ? "conformance-account.md" : "conformance.md");
        Files.createDirectories(table.toAbsolutePath().getParent());
        Files.write(table, lines);
        System.out.println("conformance of all backends: " + table.toAbsolutePath());
        List<String> missing = new ArrayList<>();
        sections.forEach(section -> missing.addAll(section.missing(Boolean.getBoolean("clouds.required"))));
        assertEquals("", String.join("\n", missing), () -> "rules that did not run or failed, table=" + table);
    }

    private static List<String> legend() {
        return List.of(
                ACCOUNT
                        ? "S3, Azure, GCS: the accounts that the environment named."
                        : "S3: versitygw. Azure: Azurite. GCS: fake-gcs-server. On them and on disk the rules about crashes (W20 to"
                                + " W22, W29, L20 to L22) are tried at some of the operations, in memory at every one.",
                "",
                "not applicable: the rule is about something that the backend does not claim to do, or that a test cannot do to it."
                        + " skipped: what the test needs is not on this machine. not run: nothing is known.",
                "");
    }

    private static List<Section> sections() throws IOException {
        Contracts contracts = Contracts.read(HOME.resolve("bundles/testkit/CONTRACT.md"));
        Recorded recorded =
                Recorded.in(ACCOUNT ? List.of(HOME.resolve("itests/clouds/target/account")) : directories());
        List<String> backends = backends();
        List<Section> sections = new ArrayList<>();
        sections.add(new Section(
                "File systems", Contracts.FILES, columns(Contracts.FILES, "", backends), contracts, recorded));
        for (String strategy : List.of("append", "object")) {
            sections.add(new Section(
                    "Strategy `" + strategy + "`",
                    Contracts.STRATEGY,
                    columns(Contracts.STRATEGY, strategy, backends),
                    contracts,
                    recorded));
            sections.add(new Section(
                    "Log with strategy `" + strategy + "`",
                    Contracts.LOG,
                    columns(Contracts.LOG, strategy, backends),
                    contracts,
                    recorded));
        }
        if (!ACCOUNT) {
            List<Column> serializers = Stream.of("avro", "protobuf")
                    .map(name -> new Column(Contracts.SERIALIZER, name, "memory"))
                    .toList();
            sections.add(new Section("Serializers", Contracts.SERIALIZER, serializers, contracts, recorded));
        }
        return sections;
    }

    private static List<String> backends() {
        if (!ACCOUNT) {
            return Stream.concat(Stream.of("memory", "local"), CLOUDS.stream()).toList();
        }
        return CLOUDS.stream()
                .filter(cloud -> System.getenv("SEAWALL_" + cloud.toUpperCase(Locale.ROOT) + "_URL") != null)
                .toList();
    }

    private static List<Column> columns(String contract, String subject, List<String> backends) {
        return backends.stream().map(on -> new Column(contract, subject, on)).toList();
    }

    /** Where the modules write. */
    private static List<Path> directories() throws IOException {
        List<Path> directories = new ArrayList<>();
        for (String group : List.of("bundles", "itests")) {
            try (Stream<Path> modules = Files.list(HOME.resolve(group))) {
                modules.map(module -> module.resolve("target/conformance"))
                        .sorted()
                        .forEach(directories::add);
            }
        }
        return directories;
    }
}
