package org.seawall.viper;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osgi.framework.Constants;
import org.seawall.spi.filesystem.Location;
import org.seawall.viper.sink.SinkSettings;
import org.seawall.viper.store.CompactionPolicy;

/**
 * A configuration, checked.
 *
 * @param log name of the log that is served
 * @param root where its collections are
 * @param sink limits
 */
record ViperSettings(String log, Location root, SinkSettings sink) {
    private static final String FILE = "felix.fileinstall.filename";
    private static final Pattern OF_A_FILE = Pattern.compile("[^-]*-(.+)\\.(cfg|config)");
    private static final String NAMELESS = "default";

    /**
     * Checks a configuration.
     *
     * @throws IllegalArgumentException naming the attribute, its value and its range
     */
    static ViperSettings of(ViperConfiguration configuration, Map<String, Object> properties) {
        String named = configuration.log();
        String log = named == null || named.isBlank() ? name(properties) : named;
        String url = configuration.viper_url();
        if (url == null || url.isBlank()) {
            throw new IllegalArgumentException("viper.url is not set, expected a directory or a URL, log=" + log);
        }
        long parts = within("compactParts", configuration.compactParts(), 2, 1_000_000);
        CompactionPolicy compaction = new CompactionPolicy(
                (int) within("deadPercent", configuration.deadPercent(), 0, 100),
                (int) parts,
                within("maxPartBytes", configuration.maxPartBytes(), 1L << 20, 16L << 30));
        return new ViperSettings(
                log,
                Location.parse(url),
                new SinkSettings(
                        within("cacheBytes", configuration.cacheBytes(), 0, Long.MAX_VALUE),
                        (int) within("keptManifests", configuration.keptManifests(), 1, 1_000_000),
                        compaction));
    }

    private static long within(String attribute, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(
                    "attribute out of range, expected " + min + " to " + max + ", " + attribute + "=" + value);
        }
        return value;
    }

    /**
     * The name of an instance, as that of a log: of the PID {@code org.seawall.viper~main} or of the file
     * {@code org.seawall.viper-main.cfg}.
     */
    private static String name(Map<String, Object> properties) {
        String pid = String.valueOf(properties.get(Constants.SERVICE_PID));
        int tilde = pid.indexOf('~');
        if (tilde >= 0) {
            return pid.substring(tilde + 1);
        }
        String file = String.valueOf(properties.get(FILE));
        Matcher name = OF_A_FILE.matcher(file.substring(file.lastIndexOf('/') + 1));
        return name.matches() ? name.group(1) : NAMELESS;
    }
}
