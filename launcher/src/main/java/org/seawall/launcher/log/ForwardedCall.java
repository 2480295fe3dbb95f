package org.seawall.launcher.log;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.util.Locale;
import org.osgi.service.log.LogLevel;
import org.osgi.service.log.LoggerConsumer;
import org.slf4j.Logger;
import org.slf4j.event.Level;

/** A method of OSGi's {@code Logger} as a call of SLF4J's, whose methods have the same names and the same {@code {}}. */
record ForwardedCall(Logger log) implements InvocationHandler {
    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        String name = method.getName();
        if (name.startsWith("is")) {
            return log.isEnabledForLevel(level(name.substring(2, name.length() - "Enabled".length())));
        }
        return switch (name) {
            case "getName" -> log.getName();
            case "toString" -> "Logger[" + log.getName() + "]";
            case "hashCode" -> System.identityHashCode(proxy);
            case "equals" -> proxy == arguments[0];
            default -> write(proxy, level(name), arguments);
        };
    }

    private Object write(Object proxy, Level level, Object[] arguments) throws Exception {
        if (!log.isEnabledForLevel(level)) {
            return null;
        }
        if (arguments[0] instanceof LoggerConsumer<?> consumer) {
            accept(consumer, proxy);
            return null;
        }
        Object[] values = arguments.length == 2 && arguments[1] instanceof Object[] array ? array : rest(arguments);
        log.atLevel(level).log((String) arguments[0], values);
        return null;
    }

    @SuppressWarnings("unchecked")
    private static void accept(LoggerConsumer<?> consumer, Object proxy) throws Exception {
        ((LoggerConsumer<Exception>) consumer).accept((org.osgi.service.log.Logger) proxy);
    }

    private static Object[] rest(Object[] arguments) {
        return java.util.Arrays.copyOfRange(arguments, 1, arguments.length);
    }

    /** {@code audit} is OSGi's alone: it is always written. */
    private static Level level(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        return upper.equals("AUDIT") ? Level.ERROR : Level.valueOf(upper);
    }

    static Level level(int osgi) {
        return switch (LogLevel.values()[Math.min(Math.max(osgi, 0), LogLevel.values().length - 1)]) {
            case AUDIT, ERROR -> Level.ERROR;
            case WARN -> Level.WARN;
            case INFO -> Level.INFO;
            case DEBUG -> Level.DEBUG;
            case TRACE -> Level.TRACE;
        };
    }
}
