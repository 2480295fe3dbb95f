package org.seawall.core;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * The classes of one bundle with the SDK that is packed into it, apart from those of any other, as a framework loads them.
 *
 * @param classes loads them
 */
record PackedBundle(ClassLoader classes) {

    private static final Map<String, PackedBundle> OPENED = new ConcurrentHashMap<>();

    /** The bundle that a class is in, loaded once for all tests. */
    static PackedBundle of(String className) throws IOException {
        try {
            return OPENED.computeIfAbsent(className, name -> {
                try {
                    return opened(name);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw new IOException("bundle cannot be opened, class=" + className, e);
        }
    }

    private static PackedBundle opened(String className) throws IOException {
        String resource = className.replace('.', '/') + ".class";
        URL found = PackedBundle.class.getClassLoader().getResource(resource);
        String text = found.toString();
        List<URL> urls = new ArrayList<>();
        if (text.startsWith("jar:")) {
            Path jar = Path.of(URI.create(text.substring("jar:".length(), text.indexOf('!'))));
            urls.add(jar.toUri().toURL());
            urls.addAll(unpacked(jar));
        } else {
            Path root = Path.of(URI.create(text.substring(0, text.length() - resource.length())));
            urls.add(root.toUri().toURL());
            for (File lib : root.resolve("lib").toFile().listFiles()) {
                urls.add(lib.toURI().toURL());
            }
        }
        return new PackedBundle(new Loader(urls.toArray(URL[]::new)));
    }

    private static List<URL> unpacked(Path jar) throws IOException {
        List<URL> libs = new ArrayList<>();
        Path directory = Files.createDirectories(Path.of("target", "lib-" + jar.getFileName()));
        try (JarFile file = new JarFile(jar.toFile())) {
            for (JarEntry entry : file.stream()
                    .filter(one -> one.getName().matches("lib/[^/]+\\.jar"))
                    .toList()) {
                Path lib = directory.resolve(entry.getName().substring("lib/".length()));
                try (InputStream bytes = file.getInputStream(entry)) {
                    Files.write(lib, bytes.readAllBytes());
                }
                libs.add(lib.toUri().toURL());
            }
        }
        return libs;
    }

    /** A configuration as a container makes it: what is set, and the defaults of the annotation. */
    Object configuration(String annotation, Map<String, Object> set) throws ReflectiveOperationException {
        InvocationHandler values =
                (proxy, method, arguments) -> set.getOrDefault(method.getName(), method.getDefaultValue());
        return Proxy.newProxyInstance(classes, new Class<?>[] {classes.loadClass(annotation)}, values);
    }

    /** Finds classes in the bundle first; of the project itself only what bundles share. */
    private static final class Loader extends URLClassLoader {
        private Loader(URL[] urls) {
            super(urls, PackedBundle.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            boolean shared = name.startsWith("org.seawall.") && !name.startsWith("org.seawall.filesystem.");
            if (shared || name.startsWith("java.") || name.startsWith("org.slf4j.")) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> own = findLoadedClass(name);
                if (own != null) {
                    return own;
                }
                try {
                    return findClass(name);
                } catch (ClassNotFoundException e) {
                    return super.loadClass(name, resolve);
                }
            }
        }
    }
}
