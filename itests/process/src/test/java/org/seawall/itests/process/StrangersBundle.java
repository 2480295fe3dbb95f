package org.seawall.itests.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/**
 * A serializer of somebody else: the distribution's protobuf bundle with another symbolic name, and with another format, which
 * it offers as its own.
 */
final class StrangersBundle {
    /** As long as the name that it takes the place of, so that it fits into a class file. */
    static final String FORMAT = "graffiti";

    private static final String OURS = "protobuf";

    private StrangersBundle() {}

    /** Writes the bundle. */
    static Path write(Path file) throws IOException {
        try (JarInputStream in = new JarInputStream(Files.newInputStream(original()))) {
            Manifest manifest = in.getManifest();
            manifest.getMainAttributes().putValue("Bundle-SymbolicName", "org.example." + FORMAT);
            try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(file), manifest)) {
                for (JarEntry entry = in.getNextJarEntry(); entry != null; entry = in.getNextJarEntry()) {
                    out.putNextEntry(new JarEntry(entry.getName()));
                    out.write(renamed(entry.getName(), in));
                }
            }
        }
        return file;
    }

    private static byte[] renamed(String name, InputStream in) throws IOException {
        // every byte is a letter, and back
        String content = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        String constant = name.endsWith(".class") ? "\1\0" + (char) OURS.length() + "%s" : "value=\"%s\"";
        return content.replace(constant.formatted(OURS), constant.formatted(FORMAT))
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private static Path original() throws IOException {
        Path plugIns = Path.of(System.getProperty("it.seawall")).resolveSibling("../system/50");
        try (Stream<Path> jars = Files.list(plugIns)) {
            return jars.filter(jar -> jar.getFileName().toString().startsWith("seawall-serializer-" + OURS))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
