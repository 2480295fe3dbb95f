package org.seawall.filesystem.azure;

import java.io.IOException;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.opentest4j.TestAbortedException;

/**
 * One Azurite for all tests of a run, as a parameter. Where it cannot be had the tests are skipped, and fail with
 * {@code -Dclouds.required=true}.
 */
public final class AzuriteExtension implements BeforeAllCallback, ParameterResolver {

    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(Azurite.class);

    @Override
    public void beforeAll(ExtensionContext context) {
        azurite(context);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Azurite.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return azurite(context);
    }

    private static Azurite azurite(ExtensionContext context) {
        Object found = context.getRoot().getStore(NAMESPACE).computeIfAbsent("azurite", key -> start());
        if (found instanceof String missing) {
            throw new TestAbortedException(missing);
        }
        return (Azurite) found;
    }

    /** The emulator, or words about why there is none. */
    private static Object start() {
        try {
            return Azurite.start(AzuriteInstallation.find());
        } catch (AzuriteInstallation.MissingException | IOException e) {
            if (Boolean.getBoolean("clouds.required")) {
                throw new AssertionError("no emulator of Azure, and clouds.required is set", e);
            }
            return "no emulator of Azure: " + e.getMessage();
        }
    }
}
