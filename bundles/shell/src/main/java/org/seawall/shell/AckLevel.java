package org.seawall.shell;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.seawall.Acknowledgement;
import org.seawall.Entry;
import org.seawall.SequenceRange;
import org.seawall.WriteAheadLog;
import picocli.CommandLine.Option;

/** {@code --ack}: when an append is acknowledged. */
final class AckLevel {
    @Option(
            names = "--ack",
            paramLabel = "LEVEL",
            description = "When it is acknowledged: memory, os, periodic or durable; else as the collection is set.")
    private Optional<Acknowledgement> level = Optional.empty();

    CompletableFuture<SequenceRange> append(WriteAheadLog log, String collection, List<Entry> batch) {
        return level.isPresent() ? log.append(collection, batch, level.get()) : log.append(collection, batch);
    }

    /** What may be said of what was acknowledged. */
    String words(WriteAheadLog log, String collection) {
        String told = level.map(Acknowledgement::name)
                .orElseGet(() -> log.settings(collection).get("acknowledgement"));
        boolean durable = told.equals(Acknowledgement.DURABLE.name());
        return durable ? "durable" : "acknowledged=" + told.toLowerCase(Locale.ROOT);
    }
}
