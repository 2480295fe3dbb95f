package org.seawall.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.osgi.framework.BundleException;
import org.seawall.launcher.log.Logging;
import org.slf4j.LoggerFactory;

/** A container from its start to its end, with its home locked meanwhile. For one run. */
record ContainerRun(Home home, Path distribution, StartTiming timing) {

    /** What is to be done with a container that has started. */
    private interface Work<T> {
        T with(Container container) throws BundleException, InterruptedException;
    }

    /** Runs until somebody stops the framework or the process; whether it stopped in good order. */
    boolean serve(int level) throws BundleException, IOException, InterruptedException {
        return run(level, Container::awaitStop);
    }

    /** Runs a line of commands; the status to exit with, 0 if all of them worked. */
    int commands(String line) throws BundleException, IOException, InterruptedException {
        return run(Container.SERVING, container -> {
            int status = new CommandRun(container.context()).run(line);
            return container.stop() ? status : Math.max(1, status);
        });
    }

    private <T> T run(int level, Work<T> work) throws BundleException, IOException, InterruptedException {
        home.create();
        HomeLock lock = HomeLock.acquire(home.data().resolve("seawall.lock"));
        try {
            DefaultLog.provide(home.conf());
            System.setProperty("seawall.home", home.directory().toString());
            Logging.start(home.log(), home.conf().resolve("logging.properties"));
            timing.mark("home and log");
            Container container = Container.prepare(home, distribution, timing);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(container), "seawall-shutdown"));
            container.start(level);
            timing.mark("bundles started");
            timing.print(System.err);
            noteForSharing();
            return work.with(container);
        } finally {
            lock.close();
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

    /** Tells bin/seawall that the archive of classes that this process may leave is of a container that did start. */
    private static void noteForSharing() {
        String archive = System.getProperty("seawall.sharing");
        if (archive != null && Files.notExists(Path.of(archive))) {
            try {
                Files.writeString(Path.of(archive + ".started"), "");
            } catch (IOException e) {
                LoggerFactory.getLogger(ContainerRun.class).info("no archive of classes, reason={}", e.toString());
            }
        }
    }
}
