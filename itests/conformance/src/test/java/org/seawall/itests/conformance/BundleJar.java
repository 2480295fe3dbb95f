package org.seawall.itests.conformance;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.osgi.framework.Constants;

/** A bundle that is made of one package of these tests. */
record BundleJar(String packageName, Map<String, String> headers) {
    Path write(Path jar) throws IOException {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.putValue(Constants.BUNDLE_MANIFESTVERSION, "2");
        attributes.putValue(Constants.BUNDLE_SYMBOLICNAME, packageName);
        headers.forEach(attributes::putValue);
        Files.createDirectories(jar.toAbsolutePath().getParent());
        String directory = packageName.replace('.', '/');
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file, manifest);
                Stream<Path> classes = Files.list(Path.of("target/test-classes").resolve(directory))) {
            for (Path each : classes.sorted().toList()) {
                out.putNextEntry(new JarEntry(directory + "/" + each.getFileName()));
                out.write(Files.readAllBytes(each));
            }
        }
        return jar;
    }
}
