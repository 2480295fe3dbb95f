package org.seawall.itests.process;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The order of a process's system calls: what was forced before it was acknowledged, and before it was named. Each row that
 * is ingested has {@code row-NNNNNN.} in it, so that it is found in the calls whatever its format; row n has sequence n+1.
 */
final class OrderTrace {
    private static final Pattern LINE = Pattern.compile("([0-9]+) ([0-9]+)\\\\n");
    private static final Pattern ROW = Pattern.compile("row-([0-9]{6})\\.");
    private static final String OWN = "/.seawall-";

    private final String root;
    private final List<SystemCall> acknowledgements;
    private final List<SystemCall> writes;
    private final List<SystemCall> forces;
    private final List<SystemCall> names;
    private final Map<Long, List<SystemCall>> writesOfRows = new HashMap<>();

    /**
     * Looks at calls.
     *
     * @param root the directory of the log; only what is below it counts
     * @param acks the file of acknowledgements
     * @param calls all calls in the order of their ends
     */
    OrderTrace(String root, String acks, List<SystemCall> calls) {
        this.root = root;
        List<SystemCall> worked = calls.stream().filter(SystemCall::worked).toList();
        this.acknowledgements = worked.stream()
                .filter(call -> call.writes() && call.file().equals(acks))
                .toList();
        this.writes = worked.stream()
                .filter(call -> call.writes() && call.file().startsWith(root))
                .toList();
        this.forces = worked.stream().filter(SystemCall::forces).toList();
        this.names = worked.stream()
                .filter(call -> names(call) && target(call).startsWith(root))
                .toList();
        // what a snapshot holds does not make an acknowledgement true
        for (SystemCall write : writes.stream()
                .filter(call -> !call.file().contains("/snapshots/"))
                .toList()) {
            ROW.matcher(write.arguments())
                    .results()
                    .forEach(row -> writesOfRows
                            .computeIfAbsent(Long.parseLong(row.group(1)), number -> new ArrayList<>())
                            .add(write));
        }
    }

    /** A row is not acknowledged before the file that it was written to is forced. */
    List<String> acknowledgedUnforced() {
        List<String> wrong = new ArrayList<>();
        for (SystemCall ack : acknowledgements) {
            for (long row : rows(ack)) {
                if (written(row, ack).isEmpty()) {
                    wrong.add("row " + row + " is acknowledged and not forced, line=" + ack.begin());
                }
            }
        }
        return wrong;
    }

    /** A row is not acknowledged before the names that lead to its segment are forced. */
    List<String> acknowledgedUnnamed() {
        Set<String> wrong = new HashSet<>();
        for (SystemCall ack : acknowledgements) {
            for (long row : rows(ack)) {
                written(row, ack)
                        .ifPresent(write -> names.stream()
                                .filter(name -> name.before(write) && leadsTo(write, name))
                                .forEach(name -> directories(name).stream()
                                        .filter(directory -> !forced(directory, name, ack.begin()))
                                        .forEach(directory -> wrong.add(
                                                "acknowledged before the directory was forced, call=" + name.name()
                                                        + " " + name.paths() + ", directory=" + directory))));
            }
        }
        return List.copyOf(wrong);
    }

    /** What is written to a file is forced before it gets another name. */
    List<String> namedUnforced() {
        List<String> wrong = new ArrayList<>();
        names.stream()
                .filter(name -> name.name().startsWith("rename") || name.name().startsWith("link"))
                .forEach(name -> lastWrite(name.paths().get(0), name)
                        .filter(write -> !forcedFile(write, name.begin()))
                        .ifPresent(write -> wrong.add("named before it was forced, " + name.paths())));
        return wrong;
    }

    /** Segments go to the archive only behind a snapshot whose name is durable. */
    List<String> archivedBeforeTheSnapshot() {
        List<String> wrong = new ArrayList<>();
        names.stream()
                .filter(name ->
                        target(name).contains("/archive/") && name.name().startsWith("rename"))
                .forEach(archived -> names.stream()
                        .filter(name -> target(name).contains("/snapshots/") && name.before(archived))
                        .filter(name -> !forced(parent(target(name)), name, archived.begin()))
                        .forEach(name -> wrong.add("archived before the snapshot is durable, " + archived.paths())));
        return wrong;
    }

    /** In the end no name is left unforced. */
    List<String> namesNeverForced() {
        List<String> wrong = new ArrayList<>();
        names.stream()
                .filter(name -> !target(name).contains(OWN))
                .forEach(name -> directories(name).stream()
                        .filter(directory -> !forced(directory, name, Integer.MAX_VALUE))
                        .forEach(directory -> wrong.add("never forced, " + name.paths() + ", " + directory)));
        return wrong;
    }

    /** How many lines of acknowledgements were written, each for a batch. */
    long acknowledged() {
        return acknowledgements.stream()
                .mapToLong(ack -> LINE.matcher(ack.arguments()).results().count())
                .sum();
    }

    /** How many names were given. */
    long named() {
        return names.size();
    }

    private static List<Long> rows(SystemCall ack) {
        List<Long> rows = new ArrayList<>();
        Matcher lines = LINE.matcher(ack.arguments());
        while (lines.find()) {
            for (long sequence = Long.parseLong(lines.group(1));
                    sequence <= Long.parseLong(lines.group(2));
                    sequence++) {
                rows.add(sequence - 1);
            }
        }
        return rows;
    }

    /** The write of a row that was forced before it was acknowledged. */
    private Optional<SystemCall> written(long row, SystemCall ack) {
        return writesOfRows.getOrDefault(row, List.of()).stream()
                .filter(write -> forcedFile(write, ack.begin()))
                .findFirst();
    }

    /** Whether what was written is forced, through the same descriptor, by a call that came back before a line. */
    private boolean forcedFile(SystemCall write, int line) {
        return forces.stream()
                .anyMatch(call -> call.descriptor() == write.descriptor() && write.before(call) && call.end() < line);
    }

    private boolean forced(String directory, SystemCall name, int line) {
        return forces.stream()
                .anyMatch(call -> call.file().equals(directory) && name.before(call) && call.end() < line);
    }

    private Optional<SystemCall> lastWrite(String path, SystemCall before) {
        return writes.stream()
                .filter(call -> call.file().equals(path) && call.before(before))
                .reduce((first, second) -> second);
    }

    /** Whether a call gives a name. */
    private static boolean names(SystemCall call) {
        return switch (call.name()) {
            case "rename", "renameat", "renameat2", "link", "linkat", "mkdir", "mkdirat" -> true;
            case "open", "openat" -> call.arguments().contains("O_CREAT|O_EXCL");
            default -> false;
        };
    }

    private static String target(SystemCall name) {
        return name.paths().get(name.paths().size() - 1);
    }

    private static String parent(String path) {
        return path.substring(0, path.lastIndexOf('/'));
    }

    /** The directories that a name is new in, and gone from. */
    private static Set<String> directories(SystemCall name) {
        Set<String> directories = new HashSet<>();
        directories.add(parent(target(name)));
        if (name.name().startsWith("rename") && !name.paths().get(0).contains(OWN)) {
            directories.add(parent(name.paths().get(0)));
        }
        return directories;
    }

    /** Whether a name is one of the collection's segments, or of a directory with them. */
    private static boolean leadsTo(SystemCall write, SystemCall name) {
        String collection = parent(write.file());
        String target = target(name);
        return !target.contains(OWN)
                && (collection.startsWith(target)
                        || target.startsWith(collection)
                                && !target.contains("/archive")
                                && !target.contains("/snapshots"));
    }
}
