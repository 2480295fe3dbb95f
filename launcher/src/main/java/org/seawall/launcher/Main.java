package org.seawall.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.osgi.framework.BundleException;
import org.seawall.launcher.Options.Mode;
import org.seawall.launcher.demo.Demo;
import org.seawall.launcher.log.Logging;
import org.slf4j.LoggerFactory;

/** The process: reads the command line, starts what it asks for and turns the outcome into an exit status. */
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
                case DEMO -> demo(options);
                default -> run(options);
            };
        } catch (UsageException e) {
            System.err.println("seawall: " + e.getMessage() + "; see --help");
            return USAGE;
        } catch (StartException e) {
            System.err.println("seawall: " + e.getMessage());
            return FAILED;
        } catch (BundleException | IOException e) {
            System.err.println("seawall: the container cannot start, reason=" + e);
            return FAILED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return FAILED;
        }
    }

    private static int run(Options options) throws BundleException, IOException, InterruptedException {
        StartTiming timing = new StartTiming(options.timing());
        Home home = new Home(options.home().orElseGet(Main::defaultHome));
        home.create();
        HomeLock lock = HomeLock.acquire(home.data().resolve("seawall.lock"));
        try {
            DefaultLog.provide(home.conf());
            System.setProperty("seawall.home", home.directory().toString());
            Logging.start(home.log(), home.conf().resolve("logging.properties"));
            timing.mark("home and log");
            return run(options, Container.prepare(home, distribution(), timing), timing);
        } finally {
            lock.close();
        }
    }

    private static int run(Options options, Container container, StartTiming timing)
            throws BundleException, InterruptedException {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(container), "seawall-shutdown"));
        container.start(options.mode() == Mode.SHELL ? Container.INTERACTIVE : Container.SERVING);
        timing.mark("bundles started");
        noteForSharing();
        timing.print(System.err);
        if (options.mode() == Mode.COMMANDS) {
            int status = new CommandRun(container.context()).run(options.commands());
            return container.stop() ? status : FAILED;
        }
        return container.awaitStop() ? OK : FAILED;
    }

    /** Tells bin/seawall that the archive of classes that this process may leave is of a container that did start. */
    private static void noteForSharing() {
        String archive = System.getProperty("seawall.sharing");
        if (archive != null && Files.notExists(Path.of(archive))) {
            try {
                Files.writeString(Path.of(archive + ".started"), "");
            } catch (IOException e) {
                LoggerFactory.getLogger(Main.class).info("no archive of classes, reason={}", e.toString());
            }
        }
    }

    private static int demo(Options options) throws IOException, InterruptedException {
        boolean temporary = options.home().isEmpty();
        Path home = temporary
                ? Files.createTempDirectory("seawall-demo")
                : options.home().get().toAbsolutePath();
        boolean held =
                new Demo(home, distribution(), System.out).run(options.vectors().orElse(null));
        if (held && temporary) {
            delete(home);
        } else {
            System.out.println("All files are in " + home);
        }
        return held ? OK : FAILED;
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static void stop(Container container) {
        try {
            if (!container.stop()) {
                System.err.println("seawall: not all bundles stopped in time");
            }
        } catch (BundleException | InterruptedException e) {
            System.err.println("seawall: stopping failed, reason=" + e);
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

    private static Path defaultHome() {
        return Path.of(System.getProperty("seawall.home", ""));
    }
}
