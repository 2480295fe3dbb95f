package org.seawall.core.engine;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.seawall.spi.filesystem.FileInfo;
import org.seawall.spi.filesystem.FileSystem;

/**
 * The files of a log in a place where it is not any more. Where there are locks nothing is kept. Elsewhere its fences are: a
 * writer that was stalled before one may wake after any time, and must not find the one name free that it may create.
 */
public final class Remains {
    private final Session session;
    private final LogLayout layout;

    /** Whether the log is still away, and there is time. */
    @FunctionalInterface
    public interface Check {
        /**
         * Asked before each deletion where there are no locks, since another process may bring the log back.
         *
         * @return false if the rest is to be left for later
         * @throws IOException if the log is not away any more, or that cannot be told
         */
        boolean goesOn() throws IOException;
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
     * @return whether all are gone
     * @throws IOException if the storage fails; a part may be gone then
     */
    public boolean delete(Check check) throws IOException {
        FileSystem files = session.backend().fileSystem();
        if (!session.backend().shared()) {
            files.deleteTree(layout.directory());
            return true;
        }
        for (FileInfo info : files.list(layout.directory())) {
            if (!check.goesOn()) {
                return false;
            }
            if (!info.directory()) {
                files.delete(info.location());
            } else if (!info.location().equals(layout.segments().segments())) {
                files.deleteTree(info.location());
            }
        }
        return deleteSegments(files, check);
    }

    private boolean deleteSegments(FileSystem files, Check check) throws IOException {
        Fences fences = new Fences(session.backend());
        for (FileInfo info : files.list(layout.segments().segments())) {
            if (!check.goesOn()) {
                return false;
            }
            Optional<Numbered> segment = Numbered.of(layout, info);
            if (segment.isEmpty() || !fences.without(List.of(segment.get())).isEmpty()) {
                files.delete(info.location());
            }
        }
        return true;
    }
}
