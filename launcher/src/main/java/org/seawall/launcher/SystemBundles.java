package org.seawall.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.startlevel.BundleStartLevel;

/** The bundles of the distribution: {@code system/NN/*.jar} has start level NN. */
record SystemBundles(Path system) {
    private static final String LOCATION = "system:";

    /** Uninstalls what is gone, then installs what is new; a changed jar is both. */
    void install(BundleContext context) throws BundleException, IOException {
        Map<String, Path> wanted = wanted();
        for (Bundle bundle : context.getBundles()) {
            String location = bundle.getLocation();
            if (location.startsWith(LOCATION) && wanted.remove(location) == null) {
                bundle.uninstall();
            }
        }
        for (Map.Entry<String, Path> jar : wanted.entrySet()) {
            install(context, jar.getValue(), jar.getKey());
        }
    }

    private Map<String, Path> wanted() throws IOException {
        Map<String, Path> jars = new LinkedHashMap<>();
        for (Path level : sorted(system)) {
            for (Path jar : sorted(level)) {
                jars.put(location(jar), jar);
            }
        }
        return jars;
    }

    private static void install(BundleContext context, Path jar, String location) throws BundleException, IOException {
        try (InputStream bytes = Files.newInputStream(jar)) {
            Bundle bundle = context.installBundle(location, bytes);
            int level = Integer.parseInt(jar.getParent().getFileName().toString());
            bundle.adapt(BundleStartLevel.class).setStartLevel(level);
            if (bundle.getHeaders("").get(Constants.FRAGMENT_HOST) == null) {
                bundle.start(Bundle.START_ACTIVATION_POLICY);
            }
        }
    }

    private String location(Path jar) throws IOException {
        return LOCATION + system.relativize(jar) + "@" + fingerprint(jar);
    }

    /** Tells a changed jar from the one that is installed: all jars of a release have the same time of modification. */
    static String fingerprint(Path jar) throws IOException {
        FileTime changed = (FileTime) Files.getAttribute(jar, "unix:ctime");
        return Long.toHexString(changed.toMillis()) + "-" + Long.toHexString(Files.size(jar));
    }

    private static List<Path> sorted(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList();
        }
    }
}
