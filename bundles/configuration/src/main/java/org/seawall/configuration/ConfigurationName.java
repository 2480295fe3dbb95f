package org.seawall.configuration;

import java.io.IOException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/**
 * What a file configures: {@code PID.cfg.json} a single component, {@code PID~NAME.cfg.json} and {@code PID~NAME.cfg} one
 * instance of many.
 *
 * @param pid the PID, of the factory if there are many
 * @param instance the name of the instance, empty for a single component
 */
record ConfigurationName(String pid, String instance) {
    private static final String JSON = ".cfg.json";
    private static final String PROPERTIES = ".cfg";

    /** Whether a file is one of ours: other .cfg files are read by FileInstall as they are. */
    static boolean isOurs(String fileName) {
        return isJson(fileName) || fileName.endsWith(PROPERTIES) && fileName.indexOf('~') > 0;
    }

    static boolean isJson(String fileName) {
        return fileName.endsWith(JSON);
    }

    static ConfigurationName of(String fileName) {
        String name = fileName.substring(0, fileName.length() - (isJson(fileName) ? JSON : PROPERTIES).length());
        int tilde = name.indexOf('~');
        ConfigurationName parsed = tilde < 0
                ? new ConfigurationName(name, "")
                : new ConfigurationName(name.substring(0, tilde), name.substring(tilde + 1));
        if (parsed.pid.isEmpty() || tilde >= 0 && parsed.instance.isEmpty()) {
            throw new IllegalArgumentException(
                    "not the name of a configuration, expected PID or PID~NAME, file=" + fileName);
        }
        return parsed;
    }

    Configuration in(ConfigurationAdmin configurations) throws IOException {
        return instance.isEmpty()
                ? configurations.getConfiguration(pid, "?")
                : configurations.getFactoryConfiguration(pid, instance, "?");
    }
}
