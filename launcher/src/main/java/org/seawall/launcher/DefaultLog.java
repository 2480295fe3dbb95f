package org.seawall.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The log of a home whose operator has configured none, and the store that it flushes to: files in conf/ like any other, his from then
 * on.
 */
final class DefaultLog {
    private static final String LOG = "org.seawall.log";
    private static final String STORE = "org.seawall.viper";

    private DefaultLog() {}

    /** Writes the log's file unless there is one for any log, and with it the store's unless there is one for any store. */
    static void provide(Path conf) {
        try {
            if (!names(LOG, conf)) {
                // the log's last, since it is what says that there is nothing to write
                if (!names(STORE, conf)) {
                    write(STORE, conf);
                }
                write(LOG, conf);
            }
        } catch (IOException e) {
            throw new StartException(
                    "no log is configured and the default cannot be written, reason=" + Home.reason(e) + ", directory="
                            + conf,
                    e);
        }
    }

    private static boolean names(String pid, Path conf) throws IOException {
        Pattern instance = Pattern.compile(Pattern.quote(pid) + "[~-].+\\.(cfg\\.json|cfg|config)");
        try (Stream<Path> files = Files.list(conf)) {
            return files.anyMatch(
                    file -> instance.matcher(file.getFileName().toString()).matches());
        }
    }

    private static void write(String pid, Path conf) throws IOException {
        String name = pid + "~default.cfg.json";
        try (InputStream text = DefaultLog.class.getResourceAsStream(name)) {
            Files.copy(text, conf.resolve(name));
        }
    }
}
