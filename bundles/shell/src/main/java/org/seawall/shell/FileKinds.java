package org.seawall.shell;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.seawall.catalog.CollectionSpec;
import org.seawall.files.EntryFiles;
import org.seawall.files.EntryInput;
import org.seawall.files.EntryOutput;
import org.seawall.files.MalformedFileException;
import org.seawall.shell.input.JsonlReader;
import org.seawall.shell.input.VectorReader;
import org.seawall.shell.output.JsonlWriter;
import org.seawall.shell.output.VectorWriter;

/** The kinds of files that entries are read from and written into, by the endings of their names: three of our own, and those of services. */
final class FileKinds {
    private static final String JSONL = ".jsonl";
    private static final String NPY = ".npy";
    private static final String FVECS = ".fvecs";

    private final Map<EntryFiles, List<String>> services = new LinkedHashMap<>();

    /** Entries as they are, an object a line. */
    private static final class Jsonl implements EntryFiles {
        @Override
        public EntryInput open(Path file, CollectionSpec spec) throws IOException {
            return new JsonlReader(file, spec);
        }

        @Override
        public EntryOutput create(Path file, CollectionSpec spec) throws IOException {
            return new JsonlWriter(file);
        }
    }

    /** Vectors and nothing else. */
    private static final class Vectors implements EntryFiles {
        @Override
        public EntryInput open(Path file, CollectionSpec spec) throws IOException {
            if (spec.holdsPayloads()) {
                throw new MalformedFileException(
                        "vectors for a collection of payloads, collection=" + spec.name(), file);
            }
            return new VectorReader(file, spec.dimension());
        }

        @Override
        public EntryOutput create(Path file, CollectionSpec spec) throws IOException {
            if (spec.holdsPayloads()) {
                throw new IllegalArgumentException(
                        "a collection of payloads has no vectors to write, take .jsonl, collection=" + spec.name()
                                + ", file=" + file);
            }
            return ending(file).equals(NPY)
                    ? VectorWriter.npy(file, spec.dimension())
                    : VectorWriter.fvecs(file, spec.dimension());
        }
    }

    synchronized void add(EntryFiles files, Map<String, Object> properties) {
        Object endings = properties.get(EntryFiles.ENDINGS);
        services.put(
                files,
                endings instanceof String[] several
                        ? List.of(several)
                        : Stream.ofNullable(endings).map(String::valueOf).toList());
    }

    synchronized void remove(EntryFiles files) {
        services.remove(files);
    }

    /** Whether files of that ending hold vectors without their ids. */
    static boolean onlyVectors(Path file) {
        return ending(file).equals(NPY) || ending(file).equals(FVECS);
    }

    /**
     * The kind of a file.
     *
     * @throws MalformedFileException if there is none for the end of its name; names those that there are
     */
    EntryFiles of(Path file) throws IOException {
        return switch (ending(file)) {
            case JSONL -> new Jsonl();
            case NPY, FVECS -> new Vectors();
            default -> service(ending(file)).orElseThrow(() -> unknown(file));
        };
    }

    private synchronized Optional<EntryFiles> service(String ending) {
        return services.entrySet().stream()
                .filter(service -> service.getValue().contains(ending))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private synchronized MalformedFileException unknown(Path file) {
        SortedSet<String> endings = new TreeSet<>(List.of(JSONL, NPY, FVECS));
        services.values().forEach(endings::addAll);
        String more = endings.contains(".parquet") ? "" : " (.parquet with the bundle org.seawall.viper)";
        return new MalformedFileException(
                "unknown kind of file, expected one of " + String.join(" ", endings) + more, file);
    }

    private static String ending(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return name.substring(Math.max(0, name.lastIndexOf('.')));
    }
}
