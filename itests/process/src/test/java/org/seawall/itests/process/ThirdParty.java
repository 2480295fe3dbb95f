package org.seawall.itests.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A bundle of somebody else, as the build of itests/outside has made it. */
record ThirdParty(String name) {
    static final ThirdParty VOLUME = new ThirdParty("volume");
    static final ThirdParty LINES = new ThirdParty("lines");

    /** Drops it into {@code deploy/}, whole at once. */
    void deploy(Seawall seawall) throws IOException {
        Path jar = Path.of(System.getProperty("it.thirdparty"), name, "target", name + "-1.0.0.jar");
        Path copy = Files.copy(jar, seawall.file(name + ".part"), StandardCopyOption.REPLACE_EXISTING);
        Files.move(copy, deployed(seawall), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Takes it out of {@code deploy/}. */
    void remove(Seawall seawall) throws IOException {
        Files.delete(deployed(seawall));
    }

    private Path deployed(Seawall seawall) {
        return seawall.file("deploy/" + name + ".jar");
    }
}
