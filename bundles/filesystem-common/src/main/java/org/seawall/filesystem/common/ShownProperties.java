package org.seawall.filesystem.common;

import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import java.util.Set;
import org.seawall.spi.filesystem.FileSystem;

/**
 * What the service of a file system tells everybody: its schemes, and how it is configured without the secrets.
 *
 * @param schemes of the locations that it serves
 * @param secrets names of settings that are not told; one whose name begins with a dot never is
 */
public record ShownProperties(Set<String> schemes, Set<String> secrets) {
    /**
     * The properties of the service.
     *
     * @param configured what was configured, with what the container adds
     * @return a copy without the secrets, with the schemes
     */
    public Dictionary<String, Object> of(Map<String, Object> configured) {
        Dictionary<String, Object> shown = new Hashtable<>();
        configured.forEach((name, value) -> {
            if (!secrets.contains(name) && !name.startsWith(".")) {
                shown.put(name, value);
            }
        });
        shown.put(FileSystem.SCHEMES, schemes.toArray(String[]::new));
        return shown;
    }
}
