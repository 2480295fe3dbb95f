package org.seawall.itests.container;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** The factory configurations {@code org.seawall.log~NAME}, and directories below {@code target} for them. */
record LogConfigurations(ConfigurationAdmin admin) {
    private static final String PID = "org.seawall.log";

    static Path storage(String name) {
        return Path.of(System.getProperty("it.storage"), name);
    }

    static Path emptyStorage(String name) throws IOException {
        Path directory = storage(name);
        if (Files.exists(directory)) {
            try (Stream<Path> files = Files.walk(directory)) {
                List<Path> all = files.sorted(Comparator.reverseOrder()).toList();
                for (Path file : all) {
                    Files.delete(file);
                }
            }
        }
        return Files.createDirectories(directory);
    }

    Configuration create(String name, Path storage) throws IOException {
        return set(name, Map.of("wal.url", storage.toUri().toString()));
    }

    Configuration set(String name, Map<String, ?> properties) throws IOException {
        Configuration configuration = admin.getFactoryConfiguration(PID, name, "?");
        configuration.update(new Hashtable<>(properties));
        return configuration;
    }
}
