package org.seawall.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.osgi.framework.BundleException;
import org.seawall.launcher.demo.Demo;

/** The process: reads the command line, does what it asks for and turns the outcome into an exit status. */
public final class Main {
    private static final int OK = 0;
    private static final int FAILED = 1;
    private static final int USAGE = 2;

    private Main() {}

    /**
     * Runs until the container has stopped, then exits.
     *
     * @param arguments see {@code --help}
     */
    public static void main(String[] arguments) {
        System.exit(status(List.of(arguments)));
    }

    private static int status(List<String> arguments) {
        try {
            Options options = Options.parse(arguments, Boolean.getBoolean("seawall.terminal"));
            return switch (options.mode()) {
                case HELP -> print(Options.USAGE);
                case VERSION -> print(version());
                case DEMO -> demo(options) ? OK : FAILED;
                case COMMANDS -> run(options).commands(options.commands());
                case SHELL -> run(options).serve(Container.INTERACTIVE) ? OK : FAILED;
                case SERVE -> run(options).serve(Container.SERVING) ? OK : FAILED;
            };
        } catch (UsageException e) {
            System.err.println("seawall: " + e.getMessage() + "; see --help");
            return USAGE;
        } catch (StartException e) {
            System.err.println("seawall: " + e.getMessage());
            return FAILED;
        } catch (BundleException | IOException e) {
            System.err.println("seawall: failed, reason=" + e);
            return FAILED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return FAILED;
        }
    }

    private static ContainerRun run(Options options) {
        Path home = options.home().orElseGet(() -> Path.of(System.getProperty("seawall.home", "")));
        return new ContainerRun(new Home(home), distribution(), new StartTiming(options.timing()));
    }

    private static boolean demo(Options options) throws IOException, InterruptedException {
        boolean temporary = options.home().isEmpty();
        Path home = temporary
                ? Files.createTempDirectory("seawall-demo")
                : options.home().get().toAbsolutePath();
        boolean held = new Demo(home, distribution(), System.out).run(options.vectors());
        if (held && temporary) {
            delete(home);
        } else {
            System.out.println("Everything is in " + home);
        }
        return held;
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static int print(String text) {
        System.out.println(text.strip());
        return OK;
    }

    private static String version() {
        return "seawall "
                + Optional.ofNullable(Main.class.getPackage().getImplementationVersion())
                        .orElse("development") + ", java " + Runtime.version();
    }

    private static Path distribution() {
        String directory = System.getProperty("seawall.distribution");
        if (directory == null) {
            throw new StartException("start with bin/seawall, which says where the bundles are");
        }
        return Path.of(directory);
    }
}
