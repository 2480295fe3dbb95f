package org.seawall.launcher;

import java.util.function.ToIntFunction;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.util.tracker.ServiceTracker;

/** Runs a line of commands in the shell bundle, which offers itself as a function so that no types are shared. */
record CommandRun(BundleContext context) {
    private static final String SHELL = "(&(objectClass=java.util.function.ToIntFunction)(seawall.commands=true))";
    private static final long WAIT_MILLIS = 10_000;

    /** The status to exit with: 0 if all commands worked. */
    int run(String line) throws InterruptedException {
        ServiceTracker<ToIntFunction<String>, ToIntFunction<String>> shell;
        try {
            shell = new ServiceTracker<>(context, FrameworkUtil.createFilter(SHELL), null);
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(SHELL, e);
        }
        shell.open();
        ToIntFunction<String> commands = shell.waitForService(WAIT_MILLIS);
        if (commands == null) {
            throw new StartException("no commands, the bundle org.seawall.shell has not started; see log/seawall.log");
        }
        return commands.applyAsInt(line);
    }
}
