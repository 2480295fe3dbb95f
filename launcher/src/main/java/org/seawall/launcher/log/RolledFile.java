package org.seawall.launcher.log;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.logging.ErrorManager;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.LogRecord;

/** A log file of a bounded size; when it is full it becomes {@code .1}, that {@code .2}, and the oldest goes. */
final class RolledFile extends Handler {
    private final Path file;
    private final long maxBytes;
    private final int keep;
    private final Formatter line = new LogLine();
    private OutputStream out;
    private long bytes;

    RolledFile(Path file, long maxBytes, int keep) throws IOException {
        this.file = file;
        this.maxBytes = maxBytes;
        this.keep = keep;
        open();
    }

    @Override
    public synchronized void publish(LogRecord record) {
        if (!isLoggable(record)) {
            return;
        }
        byte[] text = line.format(record).getBytes(StandardCharsets.UTF_8);
        try {
            if (bytes > 0 && bytes + text.length > maxBytes) {
                roll();
            }
            out.write(text);
            bytes += text.length;
        } catch (IOException e) {
            reportError("log file not written, file=" + file, e, ErrorManager.WRITE_FAILURE);
        }
    }

    private void open() throws IOException {
        out = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        bytes = Files.size(file);
    }

    private void roll() throws IOException {
        out.close();
        for (int n = keep - 1; n >= 1; n--) {
            move(n == 1 ? file : numbered(n - 1), numbered(n));
        }
        open();
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        } catch (NoSuchFileException e) {
            // there were not that many yet
        }
    }

    private Path numbered(int n) {
        return file.resolveSibling(file.getFileName() + "." + n);
    }

    @Override
    public void flush() {
        // nothing is buffered
    }

    @Override
    public synchronized void close() {
        try {
            out.close();
        } catch (IOException e) {
            reportError("log file not closed, file=" + file, e, ErrorManager.CLOSE_FAILURE);
        }
    }
}
