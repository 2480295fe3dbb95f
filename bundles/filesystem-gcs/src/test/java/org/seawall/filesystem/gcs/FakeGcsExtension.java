package org.seawall.filesystem.gcs;

import java.io.IOException;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.opentest4j.TestAbortedException;

/**
 * One fake-gcs-server for all tests of a run, as a parameter. Where it cannot be had the tests are skipped, and fail with
 * {@code -Dclouds.required=true}.
 */
public final class FakeGcsExtension implements BeforeAllCallback, ParameterResolver {

    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(FakeGcs.class);

    @Override
    public void beforeAll(ExtensionContext context) {
        server(context);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == FakeGcs.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return server(context);
    }

    private static FakeGcs server(ExtensionContext context) {
        Object found = context.getRoot().getStore(NAMESPACE).computeIfAbsent("server", key -> start());
        if (found instanceof String missing) {
            throw new TestAbortedException(missing);
        }
        return (FakeGcs) found;
    }

    /** The emulator, or words about why there is none. */
    private static Object start() {
        try {
            return FakeGcs.start(FakeGcsInstallation.find());
        } catch (FakeGcsInstallation.MissingException | IOException e) {
            if (Boolean.getBoolean("clouds.required")) {
                throw new AssertionError("no emulator of Google Cloud Storage, and clouds.required is set", e);
            }
            return "no emulator of Google Cloud Storage: " + e.getMessage();
        }
    }
}
