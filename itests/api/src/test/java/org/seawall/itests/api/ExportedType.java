package org.seawall.itests.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A type of an exported package, and who implements it: its users (consumer), those who offer it (provider), or unsaid. */
record ExportedType(Class<?> type, String implementedBy) {

    static ExportedType of(String packageName, Path file) {
        String name = file.getFileName().toString().replace(".class", "");
        try {
            ClassLoader classes = ExportedType.class.getClassLoader();
            return new ExportedType(Class.forName(packageName + "." + name, true, classes), implementedBy(file));
        } catch (IOException e) {
            throw new UncheckedIOException("class file cannot be read, file=" + file, e);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("class is not on the test's class path, file=" + file, e);
        }
    }

    /** By the descriptors in the file: the annotations are in no loaded class. Who names one of them uses it. */
    private static String implementedBy(Path file) throws IOException {
        String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
        return Stream.of("Consumer", "Provider")
                .filter(who -> bytes.contains("Lorg/osgi/annotation/versioning/" + who + "Type;"))
                .map(who -> "@" + who + "Type ")
                .collect(Collectors.joining());
    }

    boolean visible() {
        Class<?> enclosing = type.getEnclosingClass();
        boolean outside = Modifier.isPublic(type.getModifiers())
                || Modifier.isProtected(type.getModifiers()) && !Modifier.isFinal(enclosing.getModifiers());
        return outside && !type.isAnonymousClass() && (enclosing == null || new ExportedType(enclosing, "").visible());
    }

    /** Whether others than its own package can have implementations of it. */
    boolean open() {
        return !type.isAnnotation()
                && !type.isSealed()
                && (type.isInterface() || Modifier.isAbstract(type.getModifiers()) && !type.isEnum());
    }

    /** The type, and its members under it. */
    List<String> lines() {
        List<String> lines = new ArrayList<>(List.of(deprecation(type) + implementedBy + declaration()));
        Members.of(type).forEach(member -> lines.add("    " + member));
        return lines;
    }

    static String deprecation(AnnotatedElement element) {
        return element.isAnnotationPresent(Deprecated.class) ? "@Deprecated " : "";
    }

    private String declaration() {
        List<String> parts =
                new ArrayList<>(List.of(kind() + " " + type.getName() + parameters(type.getTypeParameters())));
        Class<?> parent = type.getSuperclass();
        if (parent != null && !List.of(Object.class, Record.class, Enum.class).contains(parent)) {
            parts.add("extends " + type.getGenericSuperclass().getTypeName());
        }
        if (type.getInterfaces().length > 0 && !type.isAnnotation()) {
            parts.add((type.isInterface() ? "extends " : "implements ") + names(type.getGenericInterfaces()));
        }
        if (type.isSealed()) {
            parts.add("permits " + names(type.getPermittedSubclasses()));
        }
        return String.join(" ", parts);
    }

    private String kind() {
        int kinds = Modifier.STATIC | Modifier.PROTECTED;
        if (type.isAnnotation()) {
            return "@interface";
        } else if (type.isInterface()) {
            return "interface";
        } else if (type.isEnum()) {
            return "enum";
        } else if (type.isRecord()) {
            return "record";
        }
        int modifiers = type.getModifiers() & (kinds | Modifier.ABSTRACT | Modifier.FINAL);
        return (Modifier.toString(modifiers) + " class").trim();
    }

    private static String parameters(TypeVariable<?>[] parameters) {
        return parameters.length == 0
                ? ""
                : Arrays.stream(parameters)
                        .map(parameter -> parameter + bound(parameter.getBounds()))
                        .collect(Collectors.joining(", ", "<", ">"));
    }

    private static String bound(Type[] bounds) {
        return bounds[0].equals(Object.class) ? "" : " extends " + names(bounds);
    }

    private static String names(Type[] types) {
        return Arrays.stream(types).map(Type::getTypeName).sorted().collect(Collectors.joining(", "));
    }
}
