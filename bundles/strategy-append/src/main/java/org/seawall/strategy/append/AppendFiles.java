package org.seawall.strategy.append;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.seawall.spi.filesystem.AppendFile;
import org.seawall.spi.filesystem.FileInfo;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;
import org.seawall.spi.strategy.SegmentFile;
import org.seawall.spi.strategy.SegmentLayout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of one log and the steps from one active segment to the next. After every step a crash leaves a state that
 * {@link #finishInterruptedChange} tells apart by names alone: the table is in this bundle's README.md.
 */
final class AppendFiles {

    private static final Logger LOG = LoggerFactory.getLogger(AppendFiles.class);

    private final FileSystem fileSystem;
    private final SegmentLayout layout;

    AppendFiles(FileSystem fileSystem, SegmentLayout layout) {
        this.fileSystem = fileSystem;
        this.layout = layout;
    }

    FileSystem fileSystem() {
        return fileSystem;
    }

    Location active() {
        return layout.active();
    }

    boolean activeExists() throws IOException {
        return fileSystem.find(layout.active()).isPresent();
    }

    /** The very first segment grows under a name of its own, so that a next segment without an active one is always whole. */
    Location first() {
        return layout.directory().child(layout.active().name() + ".first");
    }

    List<SegmentFile> segments() throws IOException {
        List<SegmentFile> found = new ArrayList<>();
        for (FileInfo info : fileSystem.list(layout.segments())) {
            if (!info.directory()) {
                found.add(new SegmentFile(info.location(), info.size(), false));
            }
        }
        fileSystem
                .find(layout.active())
                .ifPresent(info -> found.add(new SegmentFile(info.location(), info.size(), true)));
        return List.copyOf(found);
    }

    /**
     * Makes the active segment out of what a crash left. The names that are seen are made durable before anything is built
     * on them: a process may have died between a rename and its force, and the system with its memory goes on.
     */
    void finishInterruptedChange() throws IOException {
        forceIfThere(layout.segments());
        forceIfThere(layout.directory());
        if (settled(first(), false) | settled(layout.next(), activeExists())) {
            forceIfThere(layout.directory());
        }
    }

    /** On some storages a directory goes with its last file. */
    private void forceIfThere(Location directory) throws IOException {
        if (fileSystem.find(directory).isPresent()) {
            fileSystem.forceDirectory(directory);
        }
    }

    private boolean settled(Location prepared, boolean activeExists) throws IOException {
        if (fileSystem.find(prepared).isEmpty()) {
            return false;
        }
        if (prepared.equals(layout.next()) && !activeExists) {
            LOG.info("a change of segments is finished after a crash, file={}", layout.active());
            fileSystem.rename(prepared, layout.active());
        } else {
            LOG.info("a segment that was not begun is deleted after a crash, file={}", prepared);
            fileSystem.delete(prepared);
        }
        return true;
    }

    /** The first segment of a log is there under the active name, or nothing is. */
    AppendFile begin(ByteBuffer header) throws IOException {
        return closingOnFailure(prepared(first(), header), file -> {
            fileSystem.rename(first(), layout.active());
            fileSystem.forceDirectory(layout.directory());
        });
    }

    /** The next segment is there whole before the active one loses its name, and that loss is durable before it gets it. */
    AppendFile roll(AppendFile active, String sealedName, ByteBuffer header) throws IOException {
        return closingOnFailure(prepared(layout.next(), header), file -> {
            fileSystem.forceDirectory(layout.directory());
            seal(active, layout.segments().child(sealedName));
            fileSystem.rename(layout.next(), layout.active());
            fileSystem.forceDirectory(layout.directory());
        });
    }

    private void seal(AppendFile active, Location sealed) throws IOException {
        active.truncate(active.position());
        active.force();
        active.close();
        fileSystem.rename(layout.active(), sealed);
        fileSystem.forceDirectory(layout.segments());
        fileSystem.forceDirectory(layout.directory());
    }

    private AppendFile prepared(Location location, ByteBuffer header) throws IOException {
        fileSystem.delete(location);
        return closingOnFailure(fileSystem.createAppendable(location), file -> {
            file.write(header);
            file.force();
        });
    }

    /** What is done with a file before it is handed on. */
    interface Step {
        void with(AppendFile file) throws IOException;
    }

    static AppendFile closingOnFailure(AppendFile file, Step step) throws IOException {
        boolean done = false;
        try {
            step.with(file);
            done = true;
            return file;
        } finally {
            if (!done) {
                file.close();
            }
        }
    }
}
