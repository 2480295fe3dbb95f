package org.seawall.configuration;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The values of a .cfg.json file: {@code "name:Type": value} as OSGi's Configurator has it. Without a type a text is a
 * String, a number a Long or, with a fraction, a Double, and an array one of what its first element is.
 */
final class TypedValues {
    private static final Map<String, Class<?>> TYPES = Map.of(
            "String", String.class,
            "Integer", Integer.class,
            "Long", Long.class,
            "Float", Float.class,
            "Double", Double.class,
            "Byte", Byte.class,
            "Short", Short.class,
            "Character", Character.class,
            "Boolean", Boolean.class);
    private static final Map<String, Class<?>> PRIMITIVES = Map.of(
            "int", int.class,
            "long", long.class,
            "float", float.class,
            "double", double.class,
            "byte", byte.class,
            "short", short.class,
            "char", char.class,
            "boolean", boolean.class);
    private static final String OF_THE_CONFIGURATOR = ":configurator:";

    private TypedValues() {}

    static Map<String, Object> read(Reader text) throws IOException {
        StringWriter all = new StringWriter();
        text.transferTo(all);
        Map<String, Object> values = new TreeMap<>();
        Json.object(all.toString()).forEach((key, value) -> {
            if (!key.startsWith(OF_THE_CONFIGURATOR) && value != Json.NULL) {
                put(values, key, value);
            }
        });
        return values;
    }

    private static void put(Map<String, Object> values, String key, Object value) {
        int colon = key.lastIndexOf(':');
        String name = colon < 0 ? key : key.substring(0, colon);
        try {
            Object typed = colon < 0 ? untyped(value) : typed(value, key.substring(colon + 1));
            if (values.put(name, typed) != null) {
                throw new IllegalArgumentException("name twice");
            }
        } catch (ArithmeticException | IllegalArgumentException e) {
            throw new IllegalArgumentException(e.getMessage() + ", name=" + key, e);
        }
    }

    private static Object untyped(Object value) {
        if (value instanceof List<?> list) {
            Class<?> type = list.isEmpty()
                    ? String.class
                    : scalar(list.get(0), natural(list.get(0))).getClass();
            return array(list, type);
        }
        return scalar(value, natural(value));
    }

    private static Class<?> natural(Object value) {
        if (value instanceof BigDecimal number) {
            return number.scale() > 0 ? Double.class : Long.class;
        }
        return value instanceof Boolean ? Boolean.class : String.class;
    }

    private static Object typed(Object value, String type) {
        if (type.endsWith("[]")) {
            String element = type.substring(0, type.length() - 2);
            return array(asList(value), PRIMITIVES.containsKey(element) ? PRIMITIVES.get(element) : named(element));
        }
        if (type.equals("Collection")) {
            return asList(value).stream()
                    .map(each -> scalar(each, natural(each)))
                    .collect(Collectors.toList());
        }
        if (type.startsWith("Collection<") && type.endsWith(">")) {
            Class<?> element = named(type.substring("Collection<".length(), type.length() - 1));
            return asList(value).stream().map(each -> scalar(each, element)).collect(Collectors.toList());
        }
        return scalar(value, PRIMITIVES.containsKey(type) ? boxed(PRIMITIVES.get(type)) : named(type));
    }

    private static Class<?> named(String type) {
        if (!TYPES.containsKey(type)) {
            throw new IllegalArgumentException("unknown type");
        }
        return TYPES.get(type);
    }

    private static List<?> asList(Object value) {
        return value instanceof List<?> list ? list : List.of(value);
    }

    private static Object array(List<?> values, Class<?> type) {
        Object array = Array.newInstance(type, values.size());
        for (int i = 0; i < values.size(); i++) {
            Array.set(array, i, scalar(values.get(i), boxed(type)));
        }
        return array;
    }

    private static Class<?> boxed(Class<?> type) {
        return type.isPrimitive() ? Array.get(Array.newInstance(type, 1), 0).getClass() : type;
    }

    private static Object scalar(Object value, Class<?> type) {
        if (value instanceof List || value instanceof Map || value == Json.NULL) {
            throw new IllegalArgumentException("not a single value");
        }
        String text = value instanceof BigDecimal number ? number.toPlainString() : value.toString();
        if (type == String.class) {
            return text;
        }
        if (type == Boolean.class) {
            return asBoolean(text);
        }
        if (type == Character.class) {
            return asCharacter(text);
        }
        return asNumber(text, type);
    }

    private static Object asBoolean(String text) {
        if (!text.equals("true") && !text.equals("false")) {
            throw new IllegalArgumentException("not true or false, value=" + text);
        }
        return Boolean.valueOf(text);
    }

    private static Object asCharacter(String text) {
        if (text.length() != 1) {
            throw new IllegalArgumentException("not one character, value=" + text);
        }
        return text.charAt(0);
    }

    private static Object asNumber(String text, Class<?> type) {
        BigDecimal number;
        try {
            number = new BigDecimal(text.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("not a number, value=" + text, e);
        }
        try {
            if (type == Double.class) {
                return number.doubleValue();
            }
            if (type == Float.class) {
                return number.floatValue();
            }
            return integral(number, type);
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("not a " + type.getSimpleName() + ", value=" + text, e);
        }
    }

    private static Object integral(BigDecimal number, Class<?> type) {
        if (type == Long.class) {
            return number.longValueExact();
        }
        if (type == Integer.class) {
            return number.intValueExact();
        }
        return type == Short.class ? (Object) number.shortValueExact() : (Object) number.byteValueExact();
    }
}
