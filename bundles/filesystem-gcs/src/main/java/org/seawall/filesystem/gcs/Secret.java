package org.seawall.filesystem.gcs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Text that is never shown. */
final class Secret {

    private final String text;

    Secret(String text) {
        this.text = text;
    }

    /** A secret that is told itself, or by the path of a file that holds it. */
    static Secret of(String name, String text, String file) {
        if (file.isBlank()) {
            return new Secret(text.trim());
        }
        if (!text.isBlank()) {
            throw new IllegalArgumentException("set twice, names=" + name + " and " + name + "File");
        }
        try {
            return new Secret(Files.readString(Path.of(file.trim())).trim());
        } catch (IOException e) {
            throw new IllegalArgumentException("secret cannot be read, " + name + "File=" + file, e);
        }
    }

    String text() {
        return text;
    }

    boolean isEmpty() {
        return text.isBlank();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && text.equals(secret.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return isEmpty() ? "none" : "set";
    }
}
