package org.seawall.filesystem.s3;

import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;

/** A configuration as the container makes it: the defaults, but for what is set. */
record TestConfiguration(Map<String, Object> values) {

    static TestConfiguration of(Map<String, Object> values) {
        return new TestConfiguration(Map.copyOf(values));
    }

    TestConfiguration with(String name, Object value) {
        Map<String, Object> more = new HashMap<>(values);
        more.put(name, value);
        return of(more);
    }

    S3Configuration annotation() {
        return (S3Configuration) Proxy.newProxyInstance(
                S3Configuration.class.getClassLoader(),
                new Class<?>[] {S3Configuration.class},
                (proxy, method, arguments) -> values.getOrDefault(method.getName(), method.getDefaultValue()));
    }

    S3Settings settings() {
        return S3Settings.of(annotation());
    }

    S3FileSystem open() {
        return new S3FileSystem(annotation());
    }
}
