package org.seawall.bench.harness;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A Markdown table under a heading. */
public final class Table {
    private final String heading;
    private final List<List<String>> rows = new ArrayList<>();

    /** A table with its columns. */
    public Table(String heading, String... columns) {
        this.heading = heading;
        rows.add(List.of(columns));
        rows.add(Collections.nCopies(columns.length, "---"));
    }

    /** Adds a row and prints it, since the next one may take a while. */
    public void add(String... cells) {
        rows.add(List.of(cells));
        System.out.println(heading + ": " + String.join(" | ", cells));
    }

    /** A figure beside what it is to be at least; a miss is marked. */
    public static String atLeast(Spread figure, double target) {
        return mark(figure.toString(), target, figure.median() >= target, "≥ ");
    }

    /** A figure beside what it is to be at most; a miss is marked. */
    public static String atMost(Spread figure, double target) {
        return mark(figure.toString(), target, figure.median() <= target, "≤ ");
    }

    private static String mark(String figure, double target, boolean reached, String relation) {
        return (reached ? figure : "**" + figure + "** ✗") + " · " + relation + Spread.text(target);
    }

    /** The table as text. */
    public String markdown() {
        StringBuilder text = new StringBuilder("### ").append(heading).append("\n\n");
        rows.forEach(row -> text.append("| ").append(String.join(" | ", row)).append(" |\n"));
        return text.append('\n').toString();
    }
}
