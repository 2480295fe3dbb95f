package org.seawall.shell;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.Console;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Process;

/** Where a command prints: the end of its pipe, which may be a terminal. */
final class Output {
    private static final String JLINE_TERMINAL = ".jline.terminal";

    private final PrintStream stream;
    private final boolean terminal;

    /** Writes one JSON value. */
    interface JsonValue {
        void write(JsonGenerator json) throws IOException;
    }

    Output(PrintStream stream, boolean terminal) {
        this.stream = stream;
        this.terminal = terminal;
    }

    static Output of(CommandSession session) {
        Process process = Process.Utils.current();
        if (process == null) {
            return new Output(session.getConsole(), false);
        }
        return new Output(process.out(), process.isTty(1) && isTerminal(session));
    }

    /** Whether lines can be overwritten. */
    boolean terminal() {
        return terminal;
    }

    void line(String text) {
        stream.println(text);
    }

    void lines(List<String> texts) {
        texts.forEach(stream::println);
    }

    void print(String text) {
        stream.print(text);
        stream.flush();
    }

    /** Prints a JSON value as one line, in UTF-8 whatever the terminal speaks. */
    void json(JsonValue value) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = Json.FACTORY.createGenerator(text)) {
            value.write(json);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to a string failed", e);
        }
        byte[] bytes = (text + System.lineSeparator()).getBytes(StandardCharsets.UTF_8);
        stream.write(bytes, 0, bytes.length);
        stream.flush();
    }

    /** Whether nobody reads any more, as behind a pipe whose reader has ended. */
    boolean broken() {
        return stream.checkError();
    }

    private static boolean isTerminal(CommandSession session) {
        Object jline = session.get(JLINE_TERMINAL);
        if (jline != null) {
            return !jline.getClass().getSimpleName().startsWith("Dumb");
        }
        String term = System.getenv("TERM");
        return term != null && !term.equals("dumb") && isTerminal(System.console());
    }

    // from Java 22 on there may be a console without a terminal, and a method that says so
    private static boolean isTerminal(Console console) {
        if (console == null || Runtime.version().feature() < 22) {
            return console != null;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("console does not tell whether it is a terminal", e);
        }
    }
}
