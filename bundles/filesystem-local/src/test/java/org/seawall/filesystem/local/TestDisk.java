package org.seawall.filesystem.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;

/** The real disk, which notes calls such as {@code force name} in their order and fails where a test wants it. */
final class TestDisk implements Disk {

    private final Disk system = new SystemDisk();
    final List<String> calls = Collections.synchronizedList(new ArrayList<>());
    volatile Predicate<String> failing = call -> false;
    /** The reason for which every link fails, in the system's words; none if it is empty. */
    volatile String linkFailure = "";

    volatile long capacity = Long.MAX_VALUE;
    /** Bytes that were written at positions of their own. */
    long rewritten;

    volatile int maxBytesPerWrite = Integer.MAX_VALUE;

    TestDisk() {
        this(true);
    }

    TestDisk(boolean links) {
        linkFailure = links ? "" : "Operation not permitted";
    }

    void call(String operation, Path path) throws IOException {
        String name = String.valueOf(path.getFileName());
        String call = operation + " " + (name.endsWith(".tmp") ? "temporary" : name);
        calls.add(call);
        if (failing.test(call)) {
            throw new FileSystemException(path.toString(), null, "injected at " + call);
        }
    }

    @Override
    public FileChannel open(Path file, OpenOption... options) throws IOException {
        call("open", file);
        return new TestChannel(this, file, system.open(file, options));
    }

    @Override
    public void link(Path name, Path existing) throws IOException {
        call("link", name);
        if (!linkFailure.isEmpty()) {
            throw new FileSystemException(name.toString(), existing.toString(), linkFailure);
        }
        system.link(name, existing);
    }

    @Override
    public boolean tellsEveryChannel() {
        return system.tellsEveryChannel();
    }

    @Override
    public void forceDirectory(Path directory) throws IOException {
        call("forceDirectory", directory);
        system.forceDirectory(directory);
    }
}
