package org.seawall.bench.harness;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.DoubleStream;

/** The same figure of several rounds. */
public record Spread(double min, double median, double max) {
    /** The spread of at least one figure. */
    public static Spread of(DoubleStream figures) {
        double[] sorted = figures.sorted().toArray();
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(sorted[0], median, sorted[sorted.length - 1]);
    }

    /** The ratios of the same rounds. */
    public static Spread ratio(double[] figures, double[] to) {
        double[] ratios = new double[figures.length];
        Arrays.setAll(ratios, round -> figures[round] / to[round]);
        return of(Arrays.stream(ratios));
    }

    /** The median, with the rest behind it. */
    @Override
    public String toString() {
        return text(median) + " (" + text(min) + "–" + text(max) + ")";
    }

    /** A figure with about three digits. */
    public static String text(double figure) {
        if (Double.isNaN(figure)) {
            return "–";
        }
        int decimals = Math.abs(figure) >= 100 ? 0 : Math.abs(figure) >= 10 ? 1 : 2;
        return String.format(Locale.ROOT, "%,." + decimals + "f", figure);
    }
}
