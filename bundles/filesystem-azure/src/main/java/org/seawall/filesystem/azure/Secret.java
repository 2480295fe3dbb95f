package org.seawall.filesystem.azure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.seawall.StorageDeniedException;

/**
 * Text that is never shown: given itself, or by a file that is read whenever the text is needed, so that a file which is
 * replaced takes effect.
 *
 * @param name of the setting, for messages
 * @param text the secret, or empty
 * @param file the path of a file that holds it, or empty
 */
record Secret(String name, String text, String file) {

    static final Secret NONE = new Secret("none", "", "");

    Secret {
        text = text.trim();
        file = file.trim();
        if (!text.isEmpty() && !file.isEmpty()) {
            throw new IllegalArgumentException(name + " and " + name + "File are both set");
        }
    }

    boolean isSet() {
        return !text.isEmpty() || !file.isEmpty();
    }

    boolean same(Secret other) {
        return text.equals(other.text) && file.equals(other.file);
    }

    /** What it is now. */
    String read() {
        if (file.isEmpty()) {
            return text;
        }
        try {
            String held = Files.readString(Path.of(file)).trim();
            if (held.isEmpty()) {
                throw new StorageDeniedException("file of a secret is empty, setting=" + name + "File, file=" + file);
            }
            return held;
        } catch (IOException e) {
            throw new StorageDeniedException(
                    "file of a secret cannot be read, setting=" + name + "File, file=" + file, e);
        }
    }

    /** The secret as it is now, without its file. */
    Secret now() {
        return new Secret(name, read(), "");
    }

    Secret required() {
        if (!isSet()) {
            throw new IllegalArgumentException("these credentials need a setting that is empty, setting=" + name);
        }
        return this;
    }

    @Override
    public String toString() {
        return name + (isSet() ? "=set" : "=none");
    }
}
