package org.seawall.shell;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.seawall.spi.filesystem.FileSystem;

/** The file systems that are there, by the schemes of the URLs that they serve. */
final class FileSystems {
    private final Map<FileSystem, List<String>> schemes = new LinkedHashMap<>();

    synchronized void add(FileSystem files, Map<String, Object> properties) {
        Object served = properties.get(FileSystem.SCHEMES);
        List<String> all = new ArrayList<>();
        if (served instanceof String[] several) {
            Stream.of(several).forEach(all::add);
        } else if (served instanceof String one) {
            all.add(one);
        }
        schemes.put(files, all);
    }

    synchronized void remove(FileSystem files) {
        schemes.remove(files);
    }

    synchronized Optional<FileSystem> serving(String scheme) {
        return schemes.entrySet().stream()
                .filter(served -> served.getValue().contains(scheme))
                .map(Map.Entry::getKey)
                .findFirst();
    }
}
