package org.seawall.launcher.log;

import java.io.PrintStream;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;

/** What an operator should see at once, one line each; the file has the rest. */
final class Console extends Handler {
    private final PrintStream out;
    private final Formatter message = new SimpleFormatter();

    Console(PrintStream out) {
        this.out = out;
    }

    @Override
    public void publish(LogRecord record) {
        if (isLoggable(record)) {
            String reason = record.getThrown() == null ? "" : ", reason=" + root(record.getThrown());
            out.println(LogLine.level(record.getLevel()).strip() + " " + record.getLoggerName() + ": "
                    + message.formatMessage(record) + reason);
        }
    }

    /** What others have wrapped, often without a word. */
    private static Throwable root(Throwable thrown) {
        return thrown.getCause() == null ? thrown : root(thrown.getCause());
    }

    @Override
    public void flush() {
        out.flush();
    }

    @Override
    public void close() {
        flush();
    }
}
