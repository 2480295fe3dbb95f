package org.seawall.itests.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** A bundle by the names that Maven gives it. */
record Artifact(String group, String name, String version) {
    private static final String COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.9.0:copy";

    static Artifact parse(String coordinates) throws Refusal {
        String[] parts = coordinates.split(":");
        if (parts.length != 3 || Stream.of(parts).anyMatch(String::isBlank)) {
            throw new Refusal("no coordinates of a bundle, expected=GROUP:ARTIFACT:VERSION, backend=" + coordinates);
        }
        return new Artifact(parts[0], parts[1], parts[2]);
    }

    /** Its jar: what this checkout has built, else what Maven finds in its repositories. */
    Path jar(Path checkout, Path copies) throws IOException, InterruptedException, Refusal {
        Optional<Path> built = built(checkout);
        return built.isPresent() ? built.get() : found(copies.toAbsolutePath());
    }

    private Optional<Path> built(Path checkout) throws IOException {
        for (String group : List.of("bundles", "itests/outside/target/projects", "itests/outside/target/made")) {
            Path directory = checkout.resolve(group);
            if (Files.isDirectory(directory)) {
                try (Stream<Path> modules = Files.list(directory)) {
                    for (Path module : modules.toList()) {
                        Path jar = module.resolve("target").resolve(file());
                        if (Files.exists(jar) && is(jar)) {
                            return Optional.of(jar);
                        }
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** Maven writes into a jar which one it is. */
    private boolean is(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.getEntry("META-INF/maven/" + group + "/" + name + "/pom.properties") != null;
        }
    }

    private Path found(Path copies) throws IOException, InterruptedException, Refusal {
        Files.createDirectories(copies);
        Path jar = copies.resolve(file());
        Files.deleteIfExists(jar);
        List<String> command = new ArrayList<>(List.of(
                System.getProperty("maven.command"),
                "-B",
                "-q",
                COPY,
                "-Dartifact=" + this,
                "-DoutputDirectory=" + copies,
                "-Dmdep.useBaseVersion=true",
                "-Dmaven.repo.local=" + System.getProperty("maven.repository"),
                "-Dmaven.repo.local.tail=" + System.getProperty("maven.repository.tail", "")));
        if (System.getProperty("maven.network").equals("offline=true")) {
            command.add("-o");
        }
        Path log = copies.resolve("maven.log");
        int status = new ProcessBuilder(command)
                .directory(copies.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start()
                .waitFor();
        if (status != 0 || !Files.exists(jar)) {
            throw new Refusal("no such bundle in this checkout and in the repositories of Maven, backend=" + this
                    + ", maven=" + firstError(log));
        }
        return jar;
    }

    private static String firstError(Path log) throws IOException {
        return Files.readAllLines(log).stream()
                .filter(line -> line.startsWith("[ERROR] "))
                .map(line -> line.substring("[ERROR] ".length()).replaceFirst(" -> \\[Help.*", ""))
                .findFirst()
                .orElse("status without a word, log=" + log);
    }

    private String file() {
        return name + "-" + version + ".jar";
    }

    @Override
    public String toString() {
        return group + ":" + name + ":" + version;
    }
}
