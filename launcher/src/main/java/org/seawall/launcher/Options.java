package org.seawall.launcher;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** What a command line asks for. */
record Options(Mode mode, Optional<Path> home, String commands, Optional<Path> vectors, boolean timing) {

    /** What is to be done. */
    enum Mode {
        /** Run with a shell until it is left. */
        SHELL,
        /** Run until the process is told to stop. */
        SERVE,
        /** Run commands, then exit. */
        COMMANDS,
        /** Show a crash and a recovery. */
        DEMO,
        HELP,
        VERSION
    }

    static final String USAGE = """
            usage: seawall [OPTIONS]                start the container, with a shell if standard input is a terminal
                   seawall [OPTIONS] -c 'A; B'      run commands and exit, 0 if all of them worked
                   seawall [OPTIONS] demo [--vectors FILE.fvecs]
                                                    kill a container while it writes, recover, check, search
            options:
              --home DIR         the home: conf/ deploy/ data/ log/ are in it; default: $SEAWALL_HOME, or where the launcher is
              --nointeractive    no shell, even at a terminal: run until SIGTERM
              --timing           say where the time of the start went
              --help, --version
            environment:
              JAVA_HOME          the Java to run on, 17 or later
              SEAWALL_JAVA_OPTS  options for it, such as -Xmx4g
            """;

    static Options parse(List<String> arguments, boolean terminal) {
        Parser parser = new Parser(terminal ? Mode.SHELL : Mode.SERVE);
        Deque<String> rest = new ArrayDeque<>(arguments);
        while (!rest.isEmpty()) {
            parser.take(rest.pop(), rest);
        }
        if (parser.vectors.isPresent() && parser.mode != Mode.DEMO) {
            throw new UsageException("--vectors goes with demo");
        }
        return new Options(parser.mode, parser.home, parser.commands, parser.vectors, parser.timing);
    }

    private static final class Parser {
        private Mode mode;
        private Optional<Path> home = Optional.empty();
        private String commands = "";
        private Optional<Path> vectors = Optional.empty();
        private boolean timing;

        Parser(Mode initial) {
            mode = initial;
        }

        void take(String argument, Deque<String> rest) {
            switch (argument) {
                case "-c" -> {
                    only(Mode.COMMANDS);
                    commands = value(argument, rest);
                }
                case "demo" -> only(Mode.DEMO);
                case "--home" -> home = Optional.of(Path.of(value(argument, rest)));
                case "--vectors" -> vectors = Optional.of(Path.of(value(argument, rest)));
                case "--nointeractive" -> mode = mode == Mode.SHELL ? Mode.SERVE : mode;
                case "--timing" -> timing = true;
                case "--help", "-h" -> mode = Mode.HELP;
                case "--version" -> mode = Mode.VERSION;
                default ->
                    throw new UsageException(
                            (argument.startsWith("-") ? "unknown option " : "unknown argument ") + argument);
            }
        }

        private void only(Mode wanted) {
            if (mode == Mode.COMMANDS || mode == Mode.DEMO) {
                throw new UsageException("one of -c and demo, and once");
            }
            mode = mode == Mode.HELP || mode == Mode.VERSION ? mode : wanted;
        }

        private static String value(String option, Deque<String> rest) {
            if (rest.isEmpty()) {
                throw new UsageException("no value for " + option);
            }
            return rest.pop();
        }
    }
}
