package org.seawall.bench;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicLong;
import org.seawall.spi.filesystem.AppendFile;
import org.seawall.spi.filesystem.FileSystem;

/** Counts writes and forces of the files that grow. A proxy, so that it need not know what else a file system can do. */
final class ForceCount {
    private final boolean counting;
    private final AtomicLong writes = new AtomicLong();
    private final AtomicLong forces = new AtomicLong();

    ForceCount(boolean counting) {
        this.counting = counting;
    }

    /** The file system, with the count between if there is to be one. */
    FileSystem counted(FileSystem files) {
        return counting ? proxy(FileSystem.class, this::ofFileSystem, files) : files;
    }

    void reset() {
        writes.set(0);
        forces.set(0);
    }

    double perWrite() {
        return counting ? forces.get() / (double) writes.get() : Double.NaN;
    }

    private Object ofFileSystem(String method, Object result) {
        return result instanceof AppendFile file ? proxy(AppendFile.class, this::ofFile, file) : result;
    }

    private Object ofFile(String method, Object result) {
        if (method.equals("write")) {
            writes.incrementAndGet();
        } else if (method.equals("force")) {
            forces.incrementAndGet();
        }
        return result;
    }

    private interface Seen {
        Object returned(String method, Object result);
    }

    private static <T> T proxy(Class<T> type, Seen seen, T target) {
        InvocationHandler handler = (proxy, method, arguments) -> {
            try {
                return seen.returned(method.getName(), method.invoke(target, arguments));
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        };
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
