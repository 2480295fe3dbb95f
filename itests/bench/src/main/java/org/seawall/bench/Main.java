package org.seawall.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.seawall.bench.harness.Table;

/** Measures what the options name and writes the tables to a file. */
public final class Main {
    private Main() {}

    /** A topic of the bench. */
    private interface Topic {
        List<Table> run() throws Exception;
    }

    /**
     * Runs.
     *
     * @param arguments see the README
     */
    public static void main(String[] arguments) throws Exception {
        Options options = new Options(arguments);
        StringBuilder report =
                new StringBuilder("## Bench\n\n").append(machine()).append("\n\n");
        for (String topic : options.topics()) {
            for (Table table : topic(topic, options).run()) {
                report.append(table.markdown());
            }
            write(options.out(), report);
        }
        System.out.println();
        System.out.println(report);
    }

    private static Topic topic(String name, Options options) {
        return switch (name) {
            case "append" -> new AppendBench(options)::run;
            case "coding" -> new CodingBench(options)::run;
            case "recovery" -> new RecoveryBench(options)::run;
            case "upkeep" -> new UpkeepBench(options)::run;
            case "heap" -> new HeapBench(options)::run;
            case "flight" -> new FlightBench(options)::run;
            case "readAhead" -> new ReadAheadBench(options)::run;
            default -> throw new IllegalArgumentException("no such topic, topic=" + name);
        };
    }

    private static void write(Path out, CharSequence report) throws IOException {
        Files.createDirectories(out.toAbsolutePath().getParent());
        Files.writeString(out, report);
    }

    /** What the figures depend on; the load of others shows only in their spread. */
    private static String machine() {
        return "Java " + Runtime.version() + ", " + Runtime.getRuntime().availableProcessors() + " cores, "
                + System.getProperty("os.name") + " " + System.getProperty("os.version")
                + ". Median (least–greatest) of the rounds; a miss is bold, with ✗, before its target.";
    }
}
