package org.seawall.itests.api;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What a bundle exports, as lines that are the same for the same API, on any JDK and in any order of files. */
final class PublicApi {
    private PublicApi() {}

    /**
     * Writes the API down.
     *
     * @param classes the directory of the bundle's classes, with its manifest
     */
    static List<String> lines(Path classes) throws IOException {
        List<String> lines = new ArrayList<>();
        for (ExportedPackage exported : ExportedPackage.of(classes)) {
            lines.add(exported.toString());
            for (ExportedType type : exported.types()) {
                type.lines().forEach(line -> lines.add("    " + shortened(line, exported.name())));
            }
            lines.add("");
        }
        return lines;
    }

    /** Names of its own package and of {@code java.lang} without these. What is here is public; how it is locked is no promise. */
    private static String shortened(String line, String packageName) {
        String own = line.replaceAll("\\b" + Pattern.quote(packageName + ".") + "(?=[A-Z])", "");
        return own.replaceAll("\\bjava\\.lang\\.(?=[A-Z])", "").replaceAll("\\b(public|synchronized) ", "");
    }
}
