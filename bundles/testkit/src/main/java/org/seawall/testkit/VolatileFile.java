package org.seawall.testkit;

import java.util.Optional;

/**
 * A file, whatever its name, with what is known of its content beyond what the storage shows: what was forced, if that may be
 * something else, and what was last seen, if it is deleted.
 */
final class VolatileFile {
    private Optional<byte[]> forced = Optional.empty();
    private Optional<byte[]> last = Optional.empty();

    /** A file that grows differs from what was forced from now on. */
    VolatileFile growing(byte[] content) {
        if (forced.isEmpty()) {
            forced = Optional.of(content);
        }
        return this;
    }

    void forced(byte[] content) {
        forced = Optional.of(content);
    }

    void deleted(byte[] content) {
        last = Optional.of(content);
    }

    /** What was last seen, if the storage does not show it any more. */
    Optional<byte[]> last() {
        return last;
    }

    byte[] left(byte[] seen, Survival survival) {
        return forced.map(bytes -> survival.content(bytes, seen)).orElse(seen);
    }
}
