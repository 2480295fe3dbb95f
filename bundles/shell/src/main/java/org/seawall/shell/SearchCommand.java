package org.seawall.shell;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.seawall.Entry;
import org.seawall.catalog.CollectionSpec;
import org.seawall.search.SearchHit;
import org.seawall.search.VectorSearch;
import org.seawall.shell.input.EntryReader;
import org.seawall.shell.input.Ivecs;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code wal:search} */
@Command(
        name = "wal:search",
        description = "Finds the nearest entries of a collection, exactly.",
        footer = {
            "",
            "With --truth it prints which share of the true results was found, else a row per hit.",
            "",
            "Examples:",
            "  wal:search points --vector 1,2.5,-3 -k 5",
            "  wal:search digits --queries query.fvecs -k 10 --truth groundtruth.ivecs"
        })
final class SearchCommand implements ShellCommand {
    @Mixin
    private final Target target;

    @ArgGroup(multiplicity = "1")
    private Queries queries;

    @Option(names = "-k", paramLabel = "N", defaultValue = "10", description = "How many (default: ${DEFAULT-VALUE}).")
    private int k;

    @Option(names = "--truth", paramLabel = "FILE", description = "An .ivecs file with the true results of each query.")
    private Optional<Path> truth = Optional.empty();

    @Option(names = "--out", paramLabel = "FILE", description = "Write the ids found as .ivecs.")
    private Optional<Path> results = Optional.empty();

    @Option(names = "--json", description = "Print an array of hits, or an object with the recall.")
    private boolean json;

    /** One vector or a file of them. */
    private static final class Queries {
        @Option(names = "--queries", paramLabel = "FILE", description = "An .fvecs, .npy or .jsonl file.")
        private Optional<Path> file = Optional.empty();

        @Option(names = "--vector", paramLabel = "X,Y,…", description = "One query.")
        private Optional<String> vector = Optional.empty();
    }

    SearchCommand(Logs logs) {
        target = new Target(logs);
    }

    @Override
    public void run(Output out) throws IOException, InterruptedException {
        if (k < 1 || k > VectorSearch.MAX_K) {
            throw new IllegalArgumentException("k out of range, expected 1 to " + VectorSearch.MAX_K + ", k=" + k);
        }
        CollectionSpec spec = target.find(target.log()).spec();
        VectorSearch search = target.search();
        List<float[]> vectors = queries.vector.isPresent()
                ? List.of(Values.vector(queries.vector.get()))
                : read(queries.file.orElseThrow(), spec);
        long begin = System.nanoTime();
        List<List<SearchHit>> hits = search.search(target.name(), vectors, k);
        double millis = (System.nanoTime() - begin) / 1e6 / Math.max(1, hits.size());
        if (results.isPresent()) {
            Ivecs.write(results.get(), hits.stream().map(SearchCommand::rows).toList());
        }
        if (truth.isPresent()) {
            double recall = Recall.of(hits, Ivecs.read(truth.get()), k);
            printRecall(out, recall, hits.size(), millis);
        } else if (json) {
            out.json(array -> Hits.write(array, hits));
        } else {
            out.lines(Hits.table(hits).lines());
            out.line(summary(hits.size(), millis));
        }
    }

    private void printRecall(Output out, double recall, int count, double millis) {
        if (!json) {
            out.line(String.format(Locale.ROOT, "recall@%d=%.4f", k, recall));
            out.line(summary(count, millis));
            return;
        }
        out.json(object -> {
            object.writeStartObject();
            object.writeNumberField("k", k);
            object.writeNumberField("recall", recall);
            object.writeNumberField("queries", count);
            object.writeNumberField("millisPerQuery", millis);
            object.writeEndObject();
        });
    }

    private static String summary(int count, double millis) {
        return String.format(Locale.ROOT, "%d %s, %.2f ms per query", count, count == 1 ? "query" : "queries", millis);
    }

    private static List<float[]> read(Path file, CollectionSpec spec) throws IOException {
        List<float[]> vectors = new ArrayList<>();
        try (EntryReader reader = EntryReader.open(file, spec)) {
            for (Optional<Entry> row = reader.next(); row.isPresent(); row = reader.next()) {
                vectors.add(row.get().vector());
            }
        }
        return vectors;
    }

    private static int[] rows(List<SearchHit> hits) {
        return hits.stream().mapToInt(hit -> Recall.row(hit.id())).toArray();
    }
}
