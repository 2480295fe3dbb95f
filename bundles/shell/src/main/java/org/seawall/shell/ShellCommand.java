package org.seawall.shell;

import java.io.IOException;

/** One call of a command: made for it, filled with its arguments, run once. */
interface ShellCommand {
    /**
     * Does what the arguments say.
     *
     * @throws IllegalArgumentException if an argument is out of its bounds
     * @throws CommandFailedException if it could not be done
     * @throws IOException if a file cannot be read or written
     * @throws InterruptedException if the operator broke it off
     */
    void run(Output out) throws IOException, InterruptedException;
}
