package org.seawall.itests.conformance;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.osgi.framework.ServiceReference;
import org.seawall.itests.conformance.Result.Column;

/**
 * The contracts of the testkit on all that one bundle offers.
 *
 * @param name what it is called in the table
 * @param home a directory of its own: {@code conformance.md}, and all that is written meanwhile
 * @param checkout where our own bundles are
 * @param configurations files for ConfigAdmin, as in {@code conf/}
 * @param url where a file system may write; empty for a place below its first scheme
 */
record BackendRun(String name, Path home, Path checkout, List<Path> configurations, String url) {
    private static final String TIMEOUT = "junit.jupiter.execution.timeout.default";

    /**
     * Runs them and writes the table.
     *
     * @return what failed, a line a rule; nothing if the bundle keeps its contract
     * @throws Refusal if nothing could be tried
     */
    List<String> on(Path jar) throws Exception {
        prepare();
        Contracts contracts = Contracts.read(checkout.resolve("bundles/testkit/CONTRACT.md"));
        List<Section> sections = new ArrayList<>();
        try (BackendContainer container =
                BackendContainer.start(home, checkout, System.getProperty("seawall.version"))) {
            for (ServiceReference<?> reference : container.services(jar)) {
                sections.add(section(container, reference, contracts, sections.size()));
            }
        }
        write(sections);
        return sections.stream()
                .flatMap(section -> section.missing(false).stream())
                .toList();
    }

    Path table() {
        return home.resolve("conformance.md");
    }

    /** How many rules there are of each outcome. */
    private static Map<String, Integer> counts(List<Section> sections) {
        Map<String, Integer> counts = new TreeMap<>();
        for (Section section : sections) {
            section.recorded().results().values().stream()
                    .flatMap(rules -> rules.values().stream())
                    .forEach(result -> counts.merge(result.outcome().replace('_', ' '), 1, Integer::sum));
        }
        return counts;
    }

    private void prepare() throws IOException, Refusal {
        if (Files.exists(home)) {
            try (Stream<Path> old = Files.walk(home)) {
                for (Path file : old.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
        Path conf = Files.createDirectories(home.resolve("conf"));
        for (Path configuration : configurations) {
            if (!Files.isRegularFile(configuration)) {
                throw new Refusal("no such configuration, file=" + configuration.toAbsolutePath());
            }
            Files.copy(configuration, conf.resolve(configuration.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private Section section(BackendContainer container, ServiceReference<?> reference, Contracts contracts, int number)
            throws Exception {
        Kind kind = Kind.of(reference).orElseThrow();
        String service = kind.name(reference);
        Path records = home.resolve("rules-" + number);
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(container.run(kind)))
                .configurationParameter("seawall.conformance", records.toString())
                .configurationParameter(TIMEOUT, "5 m")
                .build();
        container.trying(
                kind,
                reference,
                place(kind, service),
                () -> LauncherFactory.create().execute(request));
        Column column = new Column(kind.contract, kind == Kind.FILE_SYSTEM ? "" : service, service);
        Recorded recorded = Recorded.in(List.of(records)).under(column);
        return new Section(kind.title + " `" + service + "`", kind.contract, List.of(column), contracts, recorded);
    }

    private String place(Kind kind, String scheme) {
        if (kind != Kind.FILE_SYSTEM || !url.isEmpty()) {
            return url;
        }
        return scheme + ":" + (scheme.equals("file") ? home.toAbsolutePath().resolve("files") : "/conformance");
    }

    private void write(List<Section> sections) throws IOException {
        List<String> lines = new ArrayList<>(List.of("# Conformance of " + name, ""));
        lines.add("In Felix, as a bundle beside api, spi and testkit: " + words(sections)
                + ". not applicable: the rule is"
                + " about something that the bundle does not claim to do, or that a test cannot do to it.");
        lines.add("");
        sections.forEach(section -> lines.addAll(section.lines()));
        Files.write(table(), lines);
        System.out.println("conformance of " + name + ": " + words(sections) + ", table=" + table().toAbsolutePath());
    }

    private static String words(List<Section> sections) {
        return counts(sections).entrySet().stream()
                .map(count -> count.getValue() + " " + count.getKey())
                .reduce((first, second) -> first + ", " + second)
                .orElse("no rules");
    }

    /** A text of several paths. */
    static List<Path> paths(String text, Path directory) {
        return Optional.of(text).filter(some -> !some.isBlank()).stream()
                .flatMap(some -> Stream.of(some.split(",")))
                .map(path -> directory.resolve(path.trim()))
                .toList();
    }
}
