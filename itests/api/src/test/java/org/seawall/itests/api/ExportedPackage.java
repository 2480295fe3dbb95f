package org.seawall.itests.api;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A package that a bundle exports, by its manifest, and the version of it. */
record ExportedPackage(String name, String version, Path classes) {
    private static final Pattern CLAUSE = Pattern.compile("([\\w.]+)((?:;[\\w:-]+=(?:\"[^\"]*\"|[^;,\"]*))*)(?:,|$)");
    private static final Pattern VERSION = Pattern.compile(";version=\"?([\\d.]+)");

    /**
     * The packages of a bundle, by name.
     *
     * @param classes the directory of its classes, with its manifest
     */
    static List<ExportedPackage> of(Path classes) throws IOException {
        try (InputStream file = Files.newInputStream(classes.resolve("META-INF/MANIFEST.MF"))) {
            String header = new Manifest(file).getMainAttributes().getValue("Export-Package");
            return CLAUSE.matcher(header)
                    .results()
                    .map(clause -> new ExportedPackage(clause.group(1), version(clause.group(2)), classes))
                    .sorted((one, other) -> one.name.compareTo(other.name))
                    .toList();
        }
    }

    private static String version(String attributes) {
        Matcher version = VERSION.matcher(attributes);
        return version.find() ? version.group(1) : "0.0.0";
    }

    /** The types of the package that are public, or protected members of others, by name. */
    List<ExportedType> types() throws IOException {
        try (Stream<Path> files = Files.list(classes.resolve(name.replace('.', '/')))) {
            return files.filter(file -> file.getFileName().toString().endsWith(".class"))
                    .filter(file -> !file.getFileName().toString().equals("package-info.class"))
                    .map(file -> ExportedType.of(name, file))
                    .filter(ExportedType::visible)
                    .sorted((one, other) ->
                            one.type().getName().compareTo(other.type().getName()))
                    .toList();
        }
    }

    @Override
    public String toString() {
        return "package " + name + " " + version;
    }
}
