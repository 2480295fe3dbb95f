package org.seawall.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.SerialMergeScheduler;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.MMapDirectory;
import org.seawall.viper.part.Row;

/** The same vectors in Lucene's HNSW graph, in one segment: processor time of the one thread that builds it and asks it. */
final class LuceneBeside {
    private static final String VECTOR = "vector";
    private static final String ID = "id";
    private static final int K = 10;
    private static final int ROUNDS = 3;
    private static final int[] FANOUTS = {10, 20, 50, 100, 200, 400, 800, 1_600};

    private final Path home;
    private final List<Row> rows;
    private final List<float[]> queries;
    private final List<Set<String>> truth;

    LuceneBeside(Path home, List<Row> rows, List<float[]> queries, List<Set<String>> truth) {
        this.home = home;
        this.rows = rows;
        this.queries = queries;
        this.truth = truth;
    }

    void run() throws IOException {
        try (FSDirectory directory = new MMapDirectory(home)) {
            build(directory);
            try (Stream<Path> files = Files.list(home)) {
                long bytes = files.mapToLong(file -> file.toFile().length()).sum();
                System.out.printf("Lucene: %.1f MB%n", bytes / 1e6);
            }
            try (DirectoryReader reader = DirectoryReader.open(directory)) {
                IndexSearcher searcher = new IndexSearcher(reader);
                for (int fanout : FANOUTS) {
                    ask(searcher, fanout);
                }
            }
        }
    }

    private void build(FSDirectory directory) throws IOException {
        long begin = now();
        IndexWriterConfig config =
                new IndexWriterConfig().setRAMBufferSizeMB(1_900).setUseCompoundFile(false);
        // in the thread that measures
        config.setMergeScheduler(new SerialMergeScheduler());
        try (IndexWriter writer = new IndexWriter(directory, config)) {
            for (Row row : rows) {
                Document document = new Document();
                document.add(new KnnFloatVectorField(VECTOR, row.vector(), VectorSimilarityFunction.COSINE));
                document.add(new StoredField(ID, row.id()));
                document.add(
                        new StoredField("text", String.valueOf(row.metadata().get("text"))));
                writer.addDocument(document);
            }
            writer.forceMerge(1);
            writer.commit();
        }
        System.out.printf("Lucene: built in %.1f s%n", (now() - begin) / 1e9);
    }

    private void ask(IndexSearcher searcher, int fanout) throws IOException {
        double least = Double.MAX_VALUE;
        int same = 0;
        for (int round = 0; round < ROUNDS; round++) {
            same = 0;
            long begin = now();
            for (int i = 0; i < queries.size(); i++) {
                StoredFields stored = searcher.storedFields();
                ScoreDoc[] hits = searcher.search(new KnnFloatVectorQuery(VECTOR, queries.get(i), fanout), K).scoreDocs;
                for (ScoreDoc hit : hits) {
                    same += truth.get(i).contains(stored.document(hit.doc).get(ID)) ? 1 : 0;
                }
            }
            least = Math.min(least, (now() - begin) / 1e6 / queries.size());
        }
        System.out.printf(
                "Lucene, of %d the nearest %d: %.2f ms a query, recall@%d %.4f%n",
                fanout, K, least, K, same / (double) (K * queries.size()));
    }

    private static long now() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
