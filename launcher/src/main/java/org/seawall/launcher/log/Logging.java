package org.seawall.launcher.log;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;

/**
 * SLF4J and java.util.logging into one rolled file. Both are on the class path of the framework, so that they are there
 * before the first bundle and after the last.
 */
public final class Logging {
    private static final long FILE_BYTES = 10L << 20;
    private static final int FILES = 5;

    private Logging() {}

    /**
     * Opens the log.
     *
     * @param directory where seawall.log is
     * @param levels a file in the format of java.util.logging, which may be missing
     */
    public static void start(Path directory, Path levels) throws IOException {
        System.setProperty("java.util.logging.manager", LastingLogManager.class.getName());
        if (Files.exists(levels)) {
            try (InputStream in = Files.newInputStream(levels)) {
                LogManager.getLogManager().readConfiguration(in);
            }
        }
        Logger root = Logger.getLogger("");
        for (Handler handler : root.getHandlers()) {
            root.removeHandler(handler);
        }
        root.addHandler(new RolledFile(directory.resolve("seawall.log"), FILE_BYTES, FILES));
        root.addHandler(console());
    }

    /** The console as the process got it: a shell gives its own System.err to every thread. */
    private static Handler console() {
        Console console = new Console(new PrintStream(new FileOutputStream(FileDescriptor.err), true));
        console.setLevel(Level.WARNING);
        return console;
    }
}
