package org.seawall.shell;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import org.apache.felix.gogo.runtime.CommandProcessorImpl;
import org.seawall.spi.serializer.BatchSerializer;

/** Our commands in a real Gogo, and what they print. */
final class GogoShell implements AutoCloseable {
    final Logs logs = new Logs();
    final MemoryLog log = new MemoryLog("default");
    final List<BatchSerializer> serializers = new ArrayList<>();
    final FileSystems fileSystems = new FileSystems();
    final FileKinds kinds = new FileKinds();

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final CommandProcessorImpl processor = new CommandProcessorImpl(null);
    private final RunningCommands running = new RunningCommands();
    private final LineRunner runner = new LineRunner(processor, out, err);

    GogoShell() {
        ShellComponent.commands(logs, serializers, fileSystems, kinds)
                .forEach((name, command) -> processor.addCommand("wal", new CommandFunction(command, running), name));
        add(log);
        logs.addSearch("default", new MemorySearch(log));
    }

    void add(MemoryLog other) {
        logs.addLog(other);
        logs.addMonitor(other.name(), other);
    }

    /** Runs a line and gives its status; what was printed before is forgotten. */
    int run(String line) {
        out.reset();
        err.reset();
        return runner.applyAsInt(line);
    }

    /** Runs a line that has to work and gives what it prints. */
    String good(String line) {
        int status = run(line);
        if (status != 0) {
            throw new AssertionError("failed: " + line + "\n" + err());
        }
        return out();
    }

    /** Runs a line that has to fail and gives the one line that says why. */
    String bad(String line) {
        int status = run(line);
        String[] lines = err().split("\n");
        if (status != 1 || lines.length != 1) {
            throw new AssertionError("status " + status + ": " + line + "\n" + out() + err());
        }
        return lines[0];
    }

    String out() {
        return out.toString(Charset.defaultCharset());
    }

    String err() {
        return err.toString(Charset.defaultCharset());
    }

    void stop() {
        running.close();
    }

    @Override
    public void close() {
        runner.close();
        processor.stop();
    }
}
