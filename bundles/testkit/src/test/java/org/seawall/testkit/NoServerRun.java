package org.seawall.testkit;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;

/** A contract whose server is missing. Not run by itself. */
@Subject("none")
class NoServerRun extends FileSystemContract {
    @BeforeAll
    static void begin() {
        Assumptions.abort("no server here");
    }

    @Override
    public Storage storage() {
        throw new AssertionError("not reached");
    }
}
