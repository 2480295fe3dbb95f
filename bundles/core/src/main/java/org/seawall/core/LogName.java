package org.seawall.core;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osgi.framework.Constants;

/**
 * The name of a log, which is the name of its configuration: of the PID {@code org.seawall.log~main} or of the file
 * {@code org.seawall.log-main.cfg}. FileInstall, and with it Karaf's {@code config:edit --alias main}, gives an instance a PID
 * without a name, and says in a property which file it read.
 */
final class LogName {
    private static final String FILE = "felix.fileinstall.filename";
    private static final Pattern OF_A_FILE = Pattern.compile("[^-]*-(.+)\\.(cfg|config)");
    private static final String NAMELESS = "default";

    private LogName() {}

    static String of(Map<String, Object> properties) {
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
