package org.seawall.shell;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.function.ToIntFunction;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Converter;

/**
 * Runs lines of commands. Each command of a line is run, also when one before it has failed; the result is 0 if all
 * worked, else 1.
 */
final class LineRunner implements ToIntFunction<String>, AutoCloseable {
    private final CommandProcessor processor;
    private final PrintStream out;
    private final PrintStream err;
    private volatile boolean closed;

    LineRunner(CommandProcessor processor, OutputStream out, OutputStream err) {
        this.processor = processor;
        this.out = new PrintStream(out, true);
        this.err = new PrintStream(err, true);
    }

    @Override
    public int applyAsInt(String line) {
        List<String> statements;
        try {
            statements = Statements.of(line);
        } catch (RuntimeException e) {
            err.println("syntax error: " + oneLine(e));
            return 1;
        }
        CommandSession session = processor.createSession(InputStream.nullInputStream(), out, err);
        try {
            int status = 0;
            for (String statement : statements) {
                status |= closed ? 1 : run(session, statement);
            }
            return status;
        } finally {
            session.close();
        }
    }

    /** Begins no further command. */
    @Override
    public void close() {
        closed = true;
    }

    // Gogo declares Exception, and this is where a command's thread ends
    private int run(CommandSession session, String statement) {
        try {
            Object result = session.execute(statement);
            if (result != null) {
                out.println(session.format(result, Converter.INSPECT));
            }
            return 0;
        } catch (Exception e) {
            err.println(oneLine(e));
            return 1;
        } finally {
            out.flush();
            err.flush();
        }
    }

    private static String oneLine(Exception e) {
        String message = e.getMessage() == null ? "" : e.getMessage().strip().replaceAll("\\s*[\\r\\n]+\\s*", " ");
        boolean speaksForItself = e instanceof CommandFailedException || message.startsWith("Command not found");
        return speaksForItself ? message : e.getClass().getSimpleName() + ": " + message;
    }
}
