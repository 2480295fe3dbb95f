package org.seawall.itests.conformance.wrong;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Dictionary;
import java.util.Hashtable;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;
import org.seawall.testkit.MemoryFileSystem;

/** Registers a file system that is right in everything but one thing: {@code create} replaces what is there, against F14. */
public final class ReplacingFileSystem implements BundleActivator {
    @Override
    public void start(BundleContext context) {
        FileSystem right = new MemoryFileSystem();
        Object wrong = Proxy.newProxyInstance(
                FileSystem.class.getClassLoader(), new Class<?>[] {FileSystem.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("create")) {
                        right.delete((Location) arguments[0]);
                    }
                    try {
                        return method.invoke(right, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put(FileSystem.SCHEMES, new String[] {"replacing"});
        context.registerService(FileSystem.class, (FileSystem) wrong, properties);
    }

    /** The framework takes the service back. */
    @Override
    public void stop(BundleContext context) {}
}
