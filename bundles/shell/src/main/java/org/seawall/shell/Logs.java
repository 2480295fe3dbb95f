package org.seawall.shell;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.concurrent.CopyOnWriteArrayList;
import org.seawall.LogMonitor;
import org.seawall.LogStatus;
import org.seawall.WriteAheadLog;
import org.seawall.inspection.LogInspector;
import org.seawall.inspection.LogPlace;
import org.seawall.search.VectorSearch;

/** The logs that are there, and the waiting for one that is about to be. */
final class Logs {
    private static final String DEFAULT = "default";
    private static final String OBJECT = "object";
    /** A configuration or a neighbour's service may come a moment later than the command. */
    private static final Duration GRACE = Duration.ofSeconds(3);

    private static final Duration FOREVER = Duration.ofDays(1);
    private static final long POLL_MILLIS = 100;

    private final ByName<WriteAheadLog> logs = new ByName<>();
    private final ByName<LogMonitor> monitors = new ByName<>();
    private final ByName<VectorSearch> searches = new ByName<>();
    private final ByName<LogPlace> places = new ByName<>();
    private final List<LogInspector> inspectors = new CopyOnWriteArrayList<>();
    private long changes;

    /** What a look at the services says: the service, or why it is not there and how long it is worth waiting for. */
    private record Look<T>(Optional<T> service, Duration patience, String message) {
        static <T> Look<T> missing(Duration patience, String message) {
            return new Look<>(Optional.empty(), patience, message);
        }
    }

    void addLog(WriteAheadLog log) {
        logs.add(log.name(), log);
        changed();
    }

    void removeLog(WriteAheadLog log) {
        logs.remove(log);
        changed();
    }

    void addMonitor(String name, LogMonitor monitor) {
        monitors.add(name, monitor);
        changed();
    }

    void removeMonitor(LogMonitor monitor) {
        monitors.remove(monitor);
        changed();
    }

    void addSearch(String name, VectorSearch search) {
        searches.add(name, search);
        changed();
    }

    void removeSearch(VectorSearch search) {
        searches.remove(search);
        changed();
    }

    /** Where the files of a log are, as its monitor says. */
    void addPlace(String name, LogPlace place) {
        places.add(name, place);
    }

    void removePlace(LogPlace place) {
        places.remove(place);
    }

    void addInspector(LogInspector inspector) {
        inspectors.add(0, inspector);
        changed();
    }

    void removeInspector(LogInspector inspector) {
        inspectors.remove(inspector);
        changed();
    }

    /** What looks at files. */
    LogInspector inspector() throws InterruptedException {
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < GRACE.toNanos()) {
            long seen = changes();
            Optional<LogInspector> found = inspectors.stream().findFirst();
            if (found.isPresent()) {
                return found.get();
            }
            pause(seen);
        }
        throw new CommandFailedException("no inspector of files, is org.seawall.core active?");
    }

    /** Where the files of a configured log are, whatever state it is in. */
    LogPlace place(Optional<String> wanted) {
        String name = wanted.orElseGet(this::chosen);
        LogPlace place = places.find(name).orElseThrow(() -> new CommandFailedException(unknown(name)));
        boolean objects = monitors.find(name)
                .filter(monitor -> monitor.status().strategy().equals(OBJECT))
                .isPresent();
        return place.withObjects(objects);
    }

    private String chosen() {
        SortedSet<String> names = names();
        if (names.isEmpty()) {
            throw new CommandFailedException("no log is configured, name files with --url");
        }
        if (names.size() > 1 && !names.contains(DEFAULT)) {
            throw new CommandFailedException("several logs, name one with --log, logs=" + String.join(",", names));
        }
        return names.contains(DEFAULT) ? DEFAULT : names.first();
    }

    /** The state of every log, or of one. */
    List<LogStatus> status(Optional<String> wanted) {
        List<LogStatus> found = new ArrayList<>();
        for (String name : wanted.<Iterable<String>>map(List::of).orElseGet(this::names)) {
            found.add(monitors.find(name)
                    .map(LogMonitor::status)
                    .or(() -> logs.find(name).map(WriteAheadLog::status))
                    .orElseThrow(() -> new CommandFailedException(unknown(name))));
        }
        return found;
    }

    /**
     * A log that is open.
     *
     * @param wanted its name; else the one named default, else the only one
     * @param wait how long to wait while it is on its way
     */
    WriteAheadLog log(Optional<String> wanted, Duration wait) throws InterruptedException {
        return await(logs, wanted, wait);
    }

    /** The search of a log; {@code wanted} and {@code wait} as for the log. */
    VectorSearch search(Optional<String> wanted, Duration wait) throws InterruptedException {
        return await(searches, wanted, wait);
    }

    private <T> T await(ByName<T> services, Optional<String> wanted, Duration wait) throws InterruptedException {
        long begin = System.nanoTime();
        while (true) {
            long seen = changes();
            Look<T> look = look(services, wanted);
            if (look.service.isPresent()) {
                return look.service.get();
            }
            Duration waited = Duration.ofNanos(System.nanoTime() - begin);
            if (waited.compareTo(wait) >= 0 || waited.compareTo(look.patience) >= 0) {
                throw new CommandFailedException(look.message);
            }
            pause(seen);
        }
    }

    private <T> Look<T> look(ByName<T> services, Optional<String> wanted) {
        SortedSet<String> names = names();
        if (names.isEmpty()) {
            return Look.missing(FOREVER, "no log is configured");
        }
        if (wanted.isPresent() && !names.contains(wanted.get())) {
            return Look.missing(GRACE, unknown(wanted.get()));
        }
        if (wanted.isEmpty() && names.size() > 1 && !names.contains(DEFAULT)) {
            return Look.missing(Duration.ZERO, "several logs, name one with --log, logs=" + String.join(",", names));
        }
        String name = wanted.orElseGet(this::chosen);
        Optional<T> service = services.find(name);
        if (service.isPresent()) {
            return new Look<>(service, Duration.ZERO, "");
        }
        if (logs.find(name).isPresent()) {
            return Look.missing(GRACE, "no search service, is org.seawall.viper active? log=" + name);
        }
        return monitors.find(name)
                .map(monitor -> Logs.<T>notOpen(name, monitor.status()))
                .orElseGet(() -> Look.missing(GRACE, unknown(name)));
    }

    private static <T> Look<T> notOpen(String name, LogStatus status) {
        Duration patience = switch (status.state()) {
            case WAITING, RECOVERING, OPEN -> FOREVER;
            case FAILED, UNAVAILABLE -> Duration.ZERO;
            // a changed configuration closes a log and opens it anew
            case CLOSED -> GRACE;
        };
        String detail = status.detail().isEmpty() ? "" : ", detail=" + status.detail();
        return Look.missing(
                patience, "log is not open, state=" + Text.lower(status.state()) + detail + ", log=" + name);
    }

    private String unknown(String name) {
        return "no such log, log=" + name + ", logs=" + String.join(",", names());
    }

    private SortedSet<String> names() {
        SortedSet<String> names = monitors.names();
        names.addAll(logs.names());
        return names;
    }

    private synchronized long changes() {
        return changes;
    }

    private synchronized void changed() {
        changes++;
        notifyAll();
    }

    // a monitor does not call when its state changes, so a wait is short
    private synchronized void pause(long seen) throws InterruptedException {
        if (changes == seen) {
            wait(POLL_MILLIS);
        }
    }
}
