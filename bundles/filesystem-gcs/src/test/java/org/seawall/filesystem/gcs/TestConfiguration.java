package org.seawall.filesystem.gcs;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;

/** A configuration with the defaults of the annotation and some values of its own, as Declarative Services makes one. */
final class TestConfiguration {

    private TestConfiguration() {}

    static GcsConfiguration of(Map<String, ?> values) {
        Map<String, Object> all = new HashMap<>(values);
        for (Method attribute : GcsConfiguration.class.getDeclaredMethods()) {
            all.putIfAbsent(attribute.getName(), attribute.getDefaultValue());
        }
        all.put("annotationType", GcsConfiguration.class);
        return (GcsConfiguration) Proxy.newProxyInstance(
                GcsConfiguration.class.getClassLoader(),
                new Class<?>[] {GcsConfiguration.class, Annotation.class},
                (proxy, method, arguments) -> all.get(method.getName()));
    }

    static GcsConfiguration anonymous(String endpoint, Map<String, ?> values) {
        Map<String, Object> all = new HashMap<>(Map.of("endpoint", endpoint, "credentials", "anonymous"));
        all.putAll(values);
        return of(all);
    }
}
