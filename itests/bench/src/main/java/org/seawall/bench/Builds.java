package org.seawall.bench;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.seawall.bench.harness.Cell;
import org.seawall.bench.harness.Subject;

/** The bench of another build, with classes of its own except for the harness: two builds are compared in one run. */
final class Builds {
    private static final String SHARED = Subject.class.getPackageName() + ".";

    private Builds() {}

    /** The log of another build, named {@code baseline}. */
    static Subject subject(String classPath) throws IOException, ReflectiveOperationException {
        ClassLoader loader = new Loader(urls(classPath));
        Object subject = loader.loadClass(SeawallSubject.class.getName())
                .getConstructor()
                .newInstance();
        return new Baseline((Subject) subject);
    }

    private static URL[] urls(String classPath) throws IOException {
        List<URL> urls = new ArrayList<>();
        for (String part : classPath.split(File.pathSeparator)) {
            if (part.endsWith("*")) {
                Path directory = Path.of(part.substring(0, part.length() - 1));
                try (DirectoryStream<Path> jars = Files.newDirectoryStream(directory, "*.jar")) {
                    for (Path jar : jars) {
                        urls.add(jar.toUri().toURL());
                    }
                }
            } else {
                urls.add(Path.of(part).toUri().toURL());
            }
        }
        return urls.toArray(URL[]::new);
    }

    private static final class Loader extends URLClassLoader {
        private Loader(URL[] urls) {
            super(urls, Builds.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith("org.seawall.") || name.startsWith(SHARED)) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? findClass(name) : loaded;
            }
        }
    }

    private record Baseline(Subject subject) implements Subject {
        @Override
        public String name() {
            return "baseline";
        }

        @Override
        public void open(Path directory, Cell cell) throws Exception {
            subject.open(directory, cell);
        }

        @Override
        public void append(int number) throws Exception {
            subject.append(number);
        }

        @Override
        public long batchBytes() {
            return subject.batchBytes();
        }

        @Override
        public void close() throws IOException {
            subject.close();
        }
    }
}
