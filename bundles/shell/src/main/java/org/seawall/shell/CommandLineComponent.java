package org.seawall.shell;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.util.function.ToIntFunction;
import org.apache.felix.service.command.CommandProcessor;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * Runs a line of commands for whoever started the container. A {@link ToIntFunction}, since the launcher outside shares
 * only Java's own types with a bundle.
 */
@Component(service = ToIntFunction.class, property = "seawall.commands:Boolean=true")
public final class CommandLineComponent implements ToIntFunction<String> {
    private final LineRunner runner;

    /**
     * Takes Gogo, once our commands are there.
     *
     * @param processor Gogo
     * @param commands our commands, which are registered by the time that this is there
     */
    @Activate
    public CommandLineComponent(@Reference CommandProcessor processor, @Reference ShellComponent commands) {
        // not System.out: Gogo puts its own in place of it, which would lead back here
        runner = new LineRunner(
                processor, new FileOutputStream(FileDescriptor.out), new FileOutputStream(FileDescriptor.err));
    }

    @Override
    public int applyAsInt(String line) {
        return runner.applyAsInt(line);
    }

    @Deactivate
    void close() {
        runner.close();
    }
}
