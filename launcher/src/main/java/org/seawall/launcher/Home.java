package org.seawall.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The directory of one container: what an operator writes, what the container writes. An absolute path. */
record Home(Path directory) {
    Home {
        directory = directory.toAbsolutePath().normalize();
    }

    Path conf() {
        return directory.resolve("conf");
    }

    Path deploy() {
        return directory.resolve("deploy");
    }

    Path data() {
        return directory.resolve("data");
    }

    Path log() {
        return directory.resolve("log");
    }

    /** Makes the directories that are missing. */
    void create() {
        for (Path part : new Path[] {conf(), deploy(), data(), log()}) {
            try {
                Files.createDirectories(part);
            } catch (IOException e) {
                throw new StartException("home cannot be created, reason=" + reason(e) + ", directory=" + part, e);
            }
        }
        for (Path part : new Path[] {data(), log()}) {
            if (!Files.isWritable(part)) {
                throw new StartException("home is read-only, directory=" + part);
            }
        }
    }

    static String reason(IOException e) {
        return e.getClass().getSimpleName().replace("Exception", "");
    }
}
