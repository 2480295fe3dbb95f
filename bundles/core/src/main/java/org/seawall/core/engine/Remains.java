package org.seawall.core.engine;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.seawall.spi.filesystem.FileInfo;
import org.seawall.spi.filesystem.FileSystem;

/**
 * The files of a log in a place where it is not any more. Where there are locks nothing is kept. Elsewhere its fences are: a
 * writer that was stalled before one may wake after any time, and must not find the one name free that it may create.
 */
public final class Remains {
    private final Session session;
    private final LogLayout layout;

    /** Whether the log is still away. */
    @FunctionalInterface
    public interface Check {
        /**
         * Asked before each deletion where there are no locks, since another process may bring the log back.
         *
         * @throws IOException if it is not, or that cannot be told
         */
        void stillAway() throws IOException;
    }

    /**
     * The files.
     *
     * @param session reads and writes there
     * @param layout which they are
     */
    public Remains(Session session, LogLayout layout) {
        this.session = session;
        this.layout = layout;
    }

    /**
     * Deletes them; may be repeated.
     *
     * @param check whether that is still to be done
     * @throws IOException if the storage fails; a part may be gone then
     */
    public void delete(Check check) throws IOException {
        FileSystem files = session.backend().fileSystem();
        if (!session.backend().shared()) {
            files.deleteTree(layout.directory());
            return;
        }
        for (FileInfo info : files.list(layout.directory())) {
            check.stillAway();
            if (!info.directory()) {
                files.delete(info.location());
            } else if (!info.location().equals(layout.segments().segments())) {
                files.deleteTree(info.location());
            }
        }
        deleteSegments(files, check);
    }

    private void deleteSegments(FileSystem files, Check check) throws IOException {
        List<FileInfo> all = files.list(layout.segments().segments());
        List<Numbered> numbered =
                all.stream().flatMap(info -> Numbered.of(layout, info).stream()).toList();
        Set<String> kept = new HashSet<>();
        numbered.forEach(file -> kept.add(file.name()));
        new Fences(session.backend()).without(numbered).forEach(file -> kept.remove(file.name()));
        for (FileInfo info : all) {
            if (!kept.contains(info.name())) {
                check.stillAway();
                files.delete(info.location());
            }
        }
    }
}
