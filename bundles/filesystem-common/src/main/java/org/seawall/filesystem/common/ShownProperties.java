package org.seawall.filesystem.common;

import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import java.util.Set;
import org.seawall.spi.filesystem.Capability;
import org.seawall.spi.filesystem.FileSystem;

/**
 * What the service of a file system tells everybody: its schemes, what it can do, and how it is configured without the secrets.
 *
 * @param schemes of the locations that it serves
 * @param secrets names of settings that are not told; one whose name begins with a dot never is
 */
public record ShownProperties(Set<String> schemes, Set<String> secrets) {
    /**
     * The properties of the service.
     *
     * @param configured what was configured, with what the container adds
     * @param files the file system as it was made of that
     * @return a copy without the secrets, with the schemes and what the file system can do
     */
    public Dictionary<String, Object> of(Map<String, Object> configured, FileSystem files) {
        Dictionary<String, Object> shown = new Hashtable<>();
        configured.forEach((name, value) -> {
            if (!secrets.contains(name) && !name.startsWith(".")) {
                shown.put(name, value);
            }
        });
        shown.put(FileSystem.SCHEMES, schemes.toArray(String[]::new));
        shown.put(
                FileSystem.CAPABILITIES,
                files.capabilities().stream().map(Capability::name).toArray(String[]::new));
        return shown;
    }
}
