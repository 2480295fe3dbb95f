package org.seawall.shell;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.seawall.Entry;
import org.seawall.Operation;
import org.seawall.SequenceRange;
import org.seawall.WriteAheadLog;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wal:append} */
@Command(
        name = "wal:append",
        description = "Appends one entry. It is durable when the command returns, unless --ack says less.",
        footer = {
            "",
            "A value of --metadata is true or false, a whole or decimal number, else text; K:=V is text whatever it",
            "looks like.",
            "",
            "Examples:",
            "  wal:append points a7 --vector 1,2.5,-3 --metadata colour=red --metadata code:=007",
            "  wal:append events \"\" --payload \"started\" --ttl 7d"
        })
final class AppendCommand implements ShellCommand {
    @Mixin
    private final Target target;

    @Parameters(index = "1", paramLabel = "ID", description = "The id; may be empty for a payload.")
    private String id;

    @ArgGroup(exclusive = false, multiplicity = "1")
    private Content content;

    @Option(names = "--metadata", paramLabel = "K=V", description = "A value beside it; may be repeated.")
    private List<String> metadata = new ArrayList<>();

    @Option(names = "--ttl", paramLabel = "DURATION", description = "Expires after: 90s, 10m, 2h, 7d or PT10M.")
    private Optional<String> ttl = Optional.empty();

    @Mixin
    private final AckLevel ack = new AckLevel();

    /** A vector, a payload or both. */
    private static final class Content {
        @Option(names = "--vector", paramLabel = "X,Y,…", description = "The components.")
        private Optional<String> vector = Optional.empty();

        @Option(names = "--payload", paramLabel = "TEXT", description = "Text, stored in UTF-8.")
        private Optional<String> payload = Optional.empty();
    }

    AppendCommand(Logs logs) {
        target = new Target(logs);
    }

    @Override
    public void run(Output out) throws InterruptedException {
        Entry entry = new Entry(
                Operation.PUT,
                id,
                content.vector.map(Values::vector).orElseGet(() -> new float[0]),
                Values.metadata(metadata),
                content.payload.orElse("").getBytes(StandardCharsets.UTF_8),
                0,
                0);
        Entry lasting = ttl.map(text -> entry.withExpiry(Instant.now().plus(Values.duration(text))))
                .orElse(entry);
        WriteAheadLog log = target.log();
        SequenceRange range = Futures.await(ack.append(log, target.name(), List.of(lasting)));
        out.line("appended " + target.name() + ", sequence=" + range.first() + ", " + ack.words(log, target.name()));
    }
}
