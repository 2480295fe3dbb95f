package org.seawall.shell;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.function.Supplier;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Function;
import org.seawall.SeawallException;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/**
 * A command as Gogo calls it. A {@link Function} and not a method by name, since Gogo hands a function its arguments as
 * they were typed: a method would get the id {@code 007} as the number 7.
 */
final class CommandFunction implements Function {
    private static final int USAGE_WIDTH = 100;

    private final Supplier<ShellCommand> commands;
    private final RunningCommands running;

    CommandFunction(Supplier<ShellCommand> commands, RunningCommands running) {
        this.commands = commands;
        this.running = running;
    }

    @Override
    public Object execute(CommandSession session, List<Object> arguments) {
        running.enter();
        try {
            run(Output.of(session), arguments.stream().map(String::valueOf).toArray(String[]::new));
            return null;
        } finally {
            running.leave();
        }
    }

    private void run(Output out, String... arguments) {
        ShellCommand command = commands.get();
        CommandLine line = commandLine(command, arguments);
        String name = line.getCommandName();
        try {
            if (line.parseArgs(arguments).isUsageHelpRequested()) {
                out.print(line.getUsageMessage(Ansi.OFF));
            } else {
                command.run(out);
            }
        } catch (SeawallException e) {
            throw failed(name, e.getMessage() + Text.because(e), e);
        } catch (CommandFailedException | IllegalArgumentException | ParameterException e) {
            throw failed(name, e.getMessage(), e);
        } catch (IOException e) {
            throw failed(name, fact(e), e);
        } catch (UncheckedIOException e) {
            throw failed(name, fact(e.getCause()), e);
        } catch (InterruptedException e) {
            throw failed(name, "interrupted", e);
        }
    }

    private static CommandLine commandLine(ShellCommand command, String[] arguments) {
        CommandLine line = new CommandLine(command)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExpandAtFiles(false)
                .setUsageHelpWidth(USAGE_WIDTH);
        // no option begins with a digit, so -5 is an id and not a mistyped option
        for (String argument : arguments) {
            if (argument.matches("-[0-9.].*")) {
                line.setUnmatchedOptionsArePositionalParams(true);
            }
        }
        CommandSpec spec = line.getCommandSpec();
        spec.addOption(OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Print this and do nothing.")
                .build());
        return line;
    }

    private static CommandFailedException failed(String name, String message, Throwable cause) {
        String line = message == null ? cause.getClass().getSimpleName() : message;
        return new CommandFailedException(name + ": " + line.strip().replaceAll("\\s*[\\r\\n]+\\s*", " "), cause);
    }

    // the JDK's message is often the file's name and nothing else
    private static String fact(IOException e) {
        if (!(e instanceof FileSystemException f) || f.getReason() != null) {
            return e.getMessage();
        }
        String fact = e instanceof NoSuchFileException
                ? "no such file"
                : e instanceof AccessDeniedException
                        ? "access denied"
                        : e.getClass().getSimpleName();
        return fact + ", file=" + f.getFile();
    }
}
