package org.seawall.launcher.log;

import java.lang.reflect.Proxy;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.FrameworkListener;
import org.osgi.framework.ServiceReference;
import org.osgi.service.log.LogService;
import org.osgi.service.log.Logger;
import org.slf4j.LoggerFactory;

/** What the framework and its services log with OSGi's log service, and the framework's errors, in the same log. */
public final class FrameworkLog implements LogService, FrameworkListener {
    private static final String NAME = "osgi";

    /** A log service that is to be registered. */
    public FrameworkLog() {}

    @Override
    public void frameworkEvent(FrameworkEvent event) {
        if (event.getType() == FrameworkEvent.ERROR) {
            LoggerFactory.getLogger(NAME).error("bundle failed, bundle={}", event.getBundle(), event.getThrowable());
        } else if (event.getType() == FrameworkEvent.WARNING) {
            LoggerFactory.getLogger(NAME).warn("bundle={}", event.getBundle(), event.getThrowable());
        }
    }

    @Override
    public Logger getLogger(String name) {
        return getLogger(name, Logger.class);
    }

    @Override
    public Logger getLogger(Class<?> type) {
        return getLogger(type.getName(), Logger.class);
    }

    @Override
    public <L extends Logger> L getLogger(Bundle bundle, String name, Class<L> type) {
        return getLogger(name.equals(Logger.ROOT_LOGGER_NAME) ? bundle.getSymbolicName() : name, type);
    }

    @Override
    public <L extends Logger> L getLogger(Class<?> type, Class<L> loggerType) {
        return getLogger(type.getName(), loggerType);
    }

    @Override
    public <L extends Logger> L getLogger(String name, Class<L> type) {
        ForwardedCall forwarded = new ForwardedCall(LoggerFactory.getLogger(name));
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, forwarded));
    }

    @Override
    @Deprecated
    public void log(int level, String message) {
        log(null, level, message, null);
    }

    @Override
    @Deprecated
    public void log(int level, String message, Throwable thrown) {
        log(null, level, message, thrown);
    }

    @Override
    @Deprecated
    public void log(ServiceReference<?> source, int level, String message) {
        log(source, level, message, null);
    }

    @Override
    @Deprecated
    public void log(ServiceReference<?> source, int level, String message, Throwable thrown) {
        org.slf4j.Logger log = LoggerFactory.getLogger(
                source == null ? NAME : source.getBundle().getSymbolicName());
        log.atLevel(ForwardedCall.level(level)).setCause(thrown).log(message);
    }
}
