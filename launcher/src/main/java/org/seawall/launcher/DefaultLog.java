package org.seawall.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The log of a home whose operator has configured none: a file in conf/ like any other, his from then on. */
final class DefaultLog {
    private static final String NAME = "org.seawall.log~default.cfg.json";
    private static final Pattern OF_A_LOG = Pattern.compile("org\\.seawall\\.log[~-].+\\.(cfg\\.json|cfg|config)");

    private DefaultLog() {}

    /** Writes the file unless there is one for any log. */
    static void provide(Path conf) {
        try {
            if (!namesLog(conf)) {
                write(conf.resolve(NAME));
            }
        } catch (IOException e) {
            throw new StartException(
                    "no log is configured and the default cannot be written, reason=" + Home.reason(e) + ", directory="
                            + conf,
                    e);
        }
    }

    private static boolean namesLog(Path conf) throws IOException {
        try (Stream<Path> files = Files.list(conf)) {
            return files.anyMatch(
                    file -> OF_A_LOG.matcher(file.getFileName().toString()).matches());
        }
    }

    private static void write(Path file) throws IOException {
        try (InputStream text = DefaultLog.class.getResourceAsStream(NAME)) {
            Files.copy(text, file);
        }
    }
}
