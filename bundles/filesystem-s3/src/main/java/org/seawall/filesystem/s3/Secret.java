package org.seawall.filesystem.s3;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.seawall.StorageDeniedException;

/**
 * A text that no message shows: given, or in a file that is read whenever it is asked for, so that a changed file takes effect.
 *
 * @param given the text, or empty
 * @param file a file that holds it, without the white space around; comes before what is given
 */
record Secret(String given, Optional<Path> file) {

    static Secret of(String given, String file) {
        return new Secret(given, file.isBlank() ? Optional.empty() : Optional.of(Path.of(file.strip())));
    }

    boolean isSet() {
        return file.isPresent() || !given.isEmpty();
    }

    boolean same(Secret other) {
        return given.equals(other.given) && file.equals(other.file);
    }

    String read() {
        if (file.isEmpty()) {
            return given;
        }
        try {
            String text = Files.readString(file.get()).strip();
            if (text.isEmpty()) {
                throw new StorageDeniedException("secret is empty, write it to the file, file=" + file.get());
            }
            return text;
        } catch (IOException e) {
            throw new StorageDeniedException(
                    "secret cannot be read, let the user of this process read the file, file=" + file.get(), e);
        }
    }

    @Override
    public String toString() {
        return file.map(path -> "Secret[file=" + path + "]").orElse(given.isEmpty() ? "Secret[none]" : "Secret[given]");
    }
}
