package org.seawall.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.seawall.bench.harness.Cell;
import org.seawall.bench.harness.Load;
import org.seawall.bench.harness.Slice;
import org.seawall.bench.harness.Spread;
import org.seawall.bench.harness.Subject;
import org.seawall.bench.harness.Table;

/** Durable appends, cell by cell: in each round every subject has one slice, one behind the other. */
final class AppendBench {
    private static final double BESIDE_THE_LIMIT_SMALL = 0.95;
    private static final double BESIDE_THE_LIMIT_LARGE = 0.9;
    private static final double WRITTEN_PER_PAYLOAD = 1.05;
    private static final double ALLOCATED = 200;

    private final Options options;
    private final Table rates = new Table(
            "Durable batches per second",
            "cell",
            "batches/s",
            "÷ rocksdb",
            "÷ raw-zero",
            "÷ raw-direct",
            "÷ raw-grow",
            "÷ baseline");
    private final Table acks = new Table(
            "Acknowledgement, µs",
            "cell",
            "p50",
            "p99",
            "p99 ÷ rocksdb's",
            "p50 ÷ raw-zero's",
            "p50 ÷ baseline's",
            "p99 ÷ baseline's");
    private final Table costs = new Table(
            "What an append costs",
            "cell",
            "bytes written ÷ payload",
            "the same, rocksdb",
            "the same, baseline",
            "forces ÷ writes",
            "bytes allocated an entry beyond the encoded ones",
            "the same, baseline");

    AppendBench(Options options) {
        this.options = options;
    }

    List<Table> run() throws Exception {
        for (Cell cell : options.cells()) {
            Map<String, List<Slice>> slices = new LinkedHashMap<>();
            List<Subject> subjects = subjects();
            for (int round = -1; round < options.rounds(); round++) {
                for (Subject subject : subjects) {
                    Slice slice = slice(subject, cell, options.seconds());
                    if (round >= 0) {
                        slices.computeIfAbsent(subject.name(), name -> new ArrayList<>())
                                .add(slice);
                    }
                }
            }
            tell(cell, slices);
        }
        return List.of(rates, acks, costs);
    }

    private List<Subject> subjects() throws IOException, ReflectiveOperationException {
        List<Subject> subjects = new ArrayList<>();
        subjects.add(new SeawallSubject());
        for (RawSubject.Kind kind : RawSubject.Kind.values()) {
            subjects.add(new RawSubject(kind));
        }
        subjects.add(new RocksSubject());
        subjects.removeIf(subject ->
                !(subject instanceof SeawallSubject) && !options.subjects().contains(subject.name()));
        if (options.baseline().isPresent()) {
            subjects.add(1, Builds.subject(options.baseline().get()));
        }
        return subjects;
    }

    private Slice slice(Subject subject, Cell cell, double seconds) throws Exception {
        Path directory = Directories.empty(options.directory());
        subject.open(directory, cell);
        try (subject) {
            return new Load(subject, cell).run(seconds);
        } finally {
            Directories.delete(directory);
        }
    }

    private void tell(Cell cell, Map<String, List<Slice>> slices) throws Exception {
        List<Slice> own = slices.get("seawall");
        Ratios ratios = new Ratios(slices);
        double ofLimit = cell.batch() < 100 ? BESIDE_THE_LIMIT_SMALL : BESIDE_THE_LIMIT_LARGE;
        slices.forEach((name, of) -> System.out.println(cell + " " + name + " " + spread(of, Slice::rate)));
        rates.add(
                cell.toString(),
                spread(own, Slice::rate).toString(),
                ratios.atLeast("rocksdb", Slice::rate, Targets.toRocksDb(cell)),
                ratios.atLeast("raw-zero", Slice::rate, ofLimit),
                ratios.text("raw-direct", Slice::rate),
                ratios.text("raw-grow", Slice::rate),
                ratios.text("baseline", Slice::rate));
        acks.add(
                cell.toString(),
                spread(own, slice -> slice.micros(0.5)).toString(),
                spread(own, slice -> slice.micros(0.99)).toString(),
                ratios.atMost("rocksdb", slice -> slice.micros(0.99), 1),
                ratios.text("raw-zero", slice -> slice.micros(0.5)),
                ratios.text("baseline", slice -> slice.micros(0.5)),
                ratios.text("baseline", slice -> slice.micros(0.99)));
        Spread written = spread(own, Slice::writtenPerPayload);
        costs.add(
                cell.toString(),
                cell.batch() == 100 ? Table.atMost(written, WRITTEN_PER_PAYLOAD) : written.toString(),
                figure(slices.get("rocksdb"), Slice::writtenPerPayload),
                figure(slices.get("baseline"), Slice::writtenPerPayload),
                Spread.text(forcesPerWrite(cell)),
                Table.atMost(spread(own, slice -> slice.allocatedPerEntry(cell.batch())), ALLOCATED),
                figure(slices.get("baseline"), slice -> slice.allocatedPerEntry(cell.batch())));
    }

    /** In a slice of its own, since counting is not free. */
    private double forcesPerWrite(Cell cell) throws Exception {
        Subject counting = new SeawallSubject(true);
        slice(counting, cell, Math.min(options.seconds(), 0.5));
        return counting.forcesPerGroup();
    }

    private static Spread spread(List<Slice> slices, ToDoubleFunction<Slice> figure) {
        return Spread.of(slices.stream().mapToDouble(figure));
    }

    private static String figure(List<Slice> slices, ToDoubleFunction<Slice> figure) {
        return slices == null ? "–" : spread(slices, figure).toString();
    }

    /** Seawall's figures beside those of another subject in the same rounds. */
    private record Ratios(Map<String, List<Slice>> slices) {
        String text(String to, ToDoubleFunction<Slice> figure) {
            return slices.containsKey(to) ? of(to, figure).toString() : "–";
        }

        String atLeast(String to, ToDoubleFunction<Slice> figure, double target) {
            return slices.containsKey(to) ? Table.atLeast(of(to, figure), target) : "–";
        }

        String atMost(String to, ToDoubleFunction<Slice> figure, double target) {
            return slices.containsKey(to) ? Table.atMost(of(to, figure), target) : "–";
        }

        private Spread of(String to, ToDoubleFunction<Slice> figure) {
            return Spread.ratio(figures("seawall", figure), figures(to, figure));
        }

        private double[] figures(String subject, ToDoubleFunction<Slice> figure) {
            return slices.get(subject).stream().mapToDouble(figure).toArray();
        }
    }
}
