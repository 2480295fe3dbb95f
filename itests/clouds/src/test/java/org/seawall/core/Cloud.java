package org.seawall.core;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.Map;
import org.seawall.spi.filesystem.FileSystem;

/** The object stores, each with the bundle that reaches it. */
enum Cloud {
    S3("org.seawall.filesystem.s3.S3"),
    AZURE("org.seawall.filesystem.azure.Azure"),
    GCS("org.seawall.filesystem.gcs.Gcs");

    private final String prefix;

    Cloud(String prefix) {
        this.prefix = prefix;
    }

    String fileSystem() {
        return prefix + "FileSystem";
    }

    String component() {
        return prefix + "Service";
    }

    String configuration() {
        return prefix + "Configuration";
    }

    /** A file system of the bundle under a configuration; Azure's is made with an environment too. */
    FileSystem open(PackedBundle bundle, Map<String, Object> settings) throws ReflectiveOperationException {
        Class<?> annotation = bundle.classes().loadClass(configuration());
        Class<?> type = bundle.classes().loadClass(fileSystem());
        Object configured = bundle.configuration(configuration(), settings);
        if (this == AZURE) {
            Method of = type.getDeclaredMethod("of", annotation, Map.class);
            of.setAccessible(true);
            return (FileSystem) of.invoke(null, configured, System.getenv());
        }
        Constructor<?> constructor = type.getDeclaredConstructor(annotation);
        return (FileSystem) constructor.newInstance(configured);
    }
}
