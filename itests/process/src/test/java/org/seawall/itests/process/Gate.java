package org.seawall.itests.process;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A place in a line of commands at which the process waits for the test: the commands ingest a pipe, which is empty, into a
 * collection of payloads, and do not go on before it is opened and closed at its other end.
 */
record Gate(Path pipe) {
    /** The collection that all gates are for; it stays empty. */
    static final String CREATE = "wal:create gate --payloads";

    static Gate at(Path pipe) throws IOException {
        Tools.run("mkfifo", pipe.toString());
        return new Gate(pipe);
    }

    String command() {
        return "wal:ingest gate " + pipe;
    }

    /** Lets the process go on; waits until it is here. */
    void open() throws IOException {
        Tools.run("sh", "-c", ": >\"$0\"", pipe.toString());
    }
}
