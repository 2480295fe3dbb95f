package org.seawall.core;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What an operator reads in the log while it is open; nothing of it is printed. */
final class LogLines extends Handler implements AutoCloseable {
    private static final Logger ALL = Logger.getLogger("org.seawall");

    private final List<String> lines = new CopyOnWriteArrayList<>();

    static LogLines read() {
        LogLines lines = new LogLines();
        ALL.addHandler(lines);
        return lines;
    }

    /** Lets nothing be printed. */
    static void silence() {
        LogManager.getLogManager().reset();
    }

    @Override
    public void publish(LogRecord line) {
        lines.add(line.getLevel() + " " + line.getMessage());
    }

    /** The first line with these words. */
    String with(String words) throws InterruptedException {
        Await.until("line with " + words + " in " + lines, () -> lines.stream().anyMatch(one -> one.contains(words)));
        return lines.stream().filter(one -> one.contains(words)).findFirst().orElseThrow();
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        ALL.removeHandler(this);
    }
}
