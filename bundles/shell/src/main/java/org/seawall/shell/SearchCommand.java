package org.seawall.shell;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.seawall.Entry;
import org.seawall.catalog.CollectionSpec;
import org.seawall.files.EntryInput;
import org.seawall.search.Filter;
import org.seawall.search.SearchHit;
import org.seawall.search.SearchRequest;
import org.seawall.search.SearchResult;
import org.seawall.search.VectorSearch;
import org.seawall.shell.input.Ivecs;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code wal:search} */
@Command(
        name = "wal:search",
        description = "Finds the nearest entries of a collection, those that were flushed and those that were not.",
        footer = {
            "",
            "With --truth it prints which share of the true results was found, else a row per hit.",
            "A filter compares metadata: price >= 10 and color in (\"red\", \"blue\") and not exists(sold)",
            "",
            "Examples:",
            "  wal:search points --vector 1,2.5,-3 -k 5",
            "  wal:search points --vector 1,2.5,-3 --exact --filter 'color = \"red\" and price < 10'",
            "  wal:search digits --queries query.fvecs -k 10 --truth groundtruth.ivecs",
            "  wal:search digits --queries query.fvecs -k 10 --recall 0.9"
        })
final class SearchCommand implements ShellCommand {
    @Mixin
    private final Target target;

    @ArgGroup(multiplicity = "1")
    private Queries queries;

    @Option(names = "-k", paramLabel = "N", defaultValue = "10", description = "How many (default: ${DEFAULT-VALUE}).")
    private int k;

    @Option(names = "--offset", paramLabel = "N", description = "How many of the nearest to leave out (default: 0).")
    private int offset;

    @Option(names = "--exact", description = "Compare every vector.")
    private boolean exact;

    @Option(
            names = "--effort",
            paramLabel = "N",
            defaultValue = "1",
            description = "How many times as many candidates to look at (default: ${DEFAULT-VALUE}).")
    private int effort;

    @Option(
            names = "--recall",
            paramLabel = "SHARE",
            description = "Aim at a share of the true results, such as 0.9, and look at no more than it needs.")
    private Optional<Double> recall = Optional.empty();

    @Option(names = "--filter", paramLabel = "CONDITION", description = "Find only entries whose metadata matches.")
    private Optional<String> filter = Optional.empty();

    @Option(names = "--timeout", paramLabel = "TIME", description = "How long it may take, such as 500ms or 2s.")
    private Optional<String> timeout = Optional.empty();

    @Option(names = "--partial", description = "Go on without what is missing or damaged, and say what that is.")
    private boolean partial;

    @Option(names = "--truth", paramLabel = "FILE", description = "An .ivecs file with the true results of each query.")
    private Optional<Path> truth = Optional.empty();

    @Option(names = "--out", paramLabel = "FILE", description = "Write the ids found as .ivecs.")
    private Optional<Path> results = Optional.empty();

    @Option(
            names = "--json",
            description = "Print an array of hits, or an object with the recall, or with what is missing.")
    private boolean json;

    /** One vector or a file of them. */
    private static final class Queries {
        @Option(names = "--queries", paramLabel = "FILE", description = "An .fvecs, .npy or .jsonl file.")
        private Optional<Path> file = Optional.empty();

        @Option(names = "--vector", paramLabel = "X,Y,…", description = "One query.")
        private Optional<String> vector = Optional.empty();
    }

    private final FileKinds kinds;

    SearchCommand(Logs logs, FileKinds kinds) {
        this.target = new Target(logs);
        this.kinds = kinds;
    }

    @Override
    public void run(Output out) throws IOException, InterruptedException {
        if (truth.isPresent() && offset > 0) {
            throw new IllegalArgumentException("the true results are the nearest, so none may be left out, offset="
                    + offset + ", truth=" + truth.get());
        }
        SearchRequest asked = request();
        CollectionSpec spec = target.find(target.log()).spec();
        VectorSearch search = target.search();
        List<float[]> vectors = queries.vector.isPresent()
                ? List.of(Values.vector(queries.vector.get()))
                : read(queries.file.orElseThrow(), spec);
        long begin = System.nanoTime();
        SearchResult result = search.search(target.name(), asked.withQueries(vectors));
        List<List<SearchHit>> hits = result.hits();
        double millis = (System.nanoTime() - begin) / 1e6 / Math.max(1, hits.size());
        if (results.isPresent()) {
            Ivecs.write(results.get(), hits.stream().map(SearchCommand::rows).toList());
        }
        if (truth.isPresent()) {
            double recall = Recall.of(hits, Ivecs.read(truth.get()), k);
            printRecall(out, recall, result, millis);
        } else if (json && partial) {
            out.json(object -> writePartial(object, result));
        } else if (json) {
            out.json(array -> Hits.write(array, hits));
        } else {
            out.lines(Hits.table(hits).lines());
            out.line(summary(hits.size(), millis));
        }
        if (!result.whole() && !json) {
            out.line("not searched since missing or damaged: " + String.join(", ", result.missing()));
        }
    }

    private SearchRequest request() {
        SearchRequest request =
                SearchRequest.of(List.of(), k).withOffset(offset).withEffort(effort);
        if (exact) {
            request = request.exactly();
        }
        if (recall.isPresent()) {
            request = request.withRecall(recall.get());
        }
        if (filter.isPresent()) {
            request = request.withFilter(Filter.parse(filter.get()));
        }
        if (timeout.isPresent()) {
            request = request.within(Values.duration(timeout.get()));
        }
        return partial ? request.allowPartial() : request;
    }

    private static void writeMissing(JsonGenerator json, SearchResult result) throws IOException {
        json.writeArrayFieldStart("missing");
        for (String part : result.missing()) {
            json.writeString(part);
        }
        json.writeEndArray();
    }

    private static void writePartial(JsonGenerator json, SearchResult result) throws IOException {
        json.writeStartObject();
        writeMissing(json, result);
        json.writeFieldName("hits");
        Hits.write(json, result.hits());
        json.writeEndObject();
    }

    private void printRecall(Output out, double recall, SearchResult result, double millis) {
        int count = result.hits().size();
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
            if (partial) {
                writeMissing(object, result);
            }
            object.writeEndObject();
        });
    }

    private static String summary(int count, double millis) {
        return String.format(Locale.ROOT, "%d %s, %.2f ms per query", count, count == 1 ? "query" : "queries", millis);
    }

    private List<float[]> read(Path file, CollectionSpec spec) throws IOException {
        List<float[]> vectors = new ArrayList<>();
        try (EntryInput reader = kinds.of(file).open(file, spec)) {
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
