package org.seawall.itests.api;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The public and protected members that a type declares. Left out is what says nothing new: a record's accessors, an enum's
 * {@code values}, and the methods that every object has.
 */
final class Members {
    private static final Set<String> OF_ANY_OBJECT =
            Set.of("equals(java.lang.Object)", "hashCode()", "toString()", "values()", "valueOf(java.lang.String)");

    private final Class<?> type;

    private Members(Class<?> type) {
        this.type = type;
    }

    /** One line a member: components of a record and constants of an enum in their order, then the others sorted. */
    static List<String> of(Class<?> type) {
        Members members = new Members(type);
        List<String> lines = new ArrayList<>(members.components());
        members.constants().forEach(constant -> lines.add("constant " + constant));
        Stream.of(members.fields(), members.constructors(), members.methods())
                .forEach(kind -> kind.sorted().forEach(lines::add));
        return lines;
    }

    private List<String> components() {
        RecordComponent[] components = type.isRecord() ? type.getRecordComponents() : new RecordComponent[0];
        return Arrays.stream(components)
                .map(component -> "component " + component.getGenericType().getTypeName() + " " + component.getName())
                .toList();
    }

    private List<String> constants() {
        return type.isEnum()
                ? Arrays.stream(type.getEnumConstants())
                        .map(constant -> ((Enum<?>) constant).name())
                        .toList()
                : List.of();
    }

    private Stream<String> fields() {
        return Arrays.stream(type.getDeclaredFields())
                .filter(field -> visible(field) && !field.isEnumConstant())
                .map(field -> ExportedType.deprecation(field) + text(field, field.toGenericString()) + value(field));
    }

    /** Without the type, which is above it. */
    private static String text(Member member, String whole) {
        return whole.replace(member.getDeclaringClass().getTypeName() + "." + member.getName(), member.getName());
    }

    /** What others have compiled into their classes. */
    private static String value(Field field) {
        boolean constant = Modifier.isStatic(field.getModifiers()) && Modifier.isFinal(field.getModifiers());
        if (!constant || !(field.getType().isPrimitive() || field.getType() == String.class)) {
            return "";
        }
        try {
            Object value = field.get(null);
            return " = " + (value instanceof String ? '"' + value.toString() + '"' : value);
        } catch (IllegalAccessException e) {
            return "";
        }
    }

    private Stream<String> constructors() {
        return Arrays.stream(type.getDeclaredConstructors())
                .filter(constructor -> visible(constructor) && !canonical(constructor))
                .map(constructor -> ExportedType.deprecation(constructor) + constructor.toGenericString());
    }

    private boolean canonical(Constructor<?> constructor) {
        return type.isRecord()
                && Arrays.equals(
                        constructor.getParameterTypes(),
                        Arrays.stream(type.getRecordComponents())
                                .map(RecordComponent::getType)
                                .toArray());
    }

    private Stream<String> methods() {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(method -> visible(method) && !method.isBridge())
                .filter(method -> !OF_ANY_OBJECT.contains(signature(method)) && !accessor(method))
                .map(method -> ExportedType.deprecation(method)
                        + text(method, method.toGenericString())
                        + defaultValue(method));
    }

    private boolean accessor(Method method) {
        return type.isRecord()
                && method.getParameterCount() == 0
                && Arrays.stream(type.getRecordComponents())
                        .anyMatch(component -> component.getName().equals(method.getName()));
    }

    private static String signature(Method method) {
        String whole = method.toString();
        return method.getName() + whole.substring(whole.indexOf('('), whole.indexOf(')') + 1);
    }

    private static String defaultValue(Method method) {
        Object value = method.getDefaultValue();
        return value == null
                ? ""
                : " default " + (value instanceof Object[] values ? Arrays.toString(values) : value.toString());
    }

    private boolean visible(Member member) {
        boolean open = !Modifier.isFinal(type.getModifiers());
        return !member.isSynthetic()
                && (Modifier.isPublic(member.getModifiers()) || open && Modifier.isProtected(member.getModifiers()));
    }
}
