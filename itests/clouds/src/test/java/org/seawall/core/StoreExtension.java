package org.seawall.core;

import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;
import org.opentest4j.TestAbortedException;
import org.seawall.filesystem.azure.Azurite;
import org.seawall.filesystem.azure.AzuriteInstallation;
import org.seawall.filesystem.gcs.FakeGcs;
import org.seawall.filesystem.gcs.FakeGcsInstallation;
import org.seawall.filesystem.s3.VersityServer;

/** One store of each cloud for all tests of a run. Where it cannot be had they are skipped, or fail if it is required. */
final class StoreExtension implements BeforeAllCallback, ParameterResolver {
    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(Store.class);

    @Override
    public void beforeAll(ExtensionContext context) {
        store(context);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Store.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return store(context);
    }

    private static Store store(ExtensionContext context) {
        Cloud cloud = AnnotationSupport.findAnnotation(
                        context.getRequiredTestClass(), OnCloud.class, context.getEnclosingTestClasses())
                .map(OnCloud::value)
                .orElseThrow();
        Object found = context.getRoot().getStore(NAMESPACE).computeIfAbsent(cloud, StoreExtension::begin);
        if (found instanceof Store store) {
            return store;
        }
        throw new TestAbortedException(found.toString());
    }

    /** The store, or words about why there is none. */
    private static Object begin(Cloud cloud) {
        try {
            if (Boolean.getBoolean("clouds.account")) {
                Optional<Store> account = Store.account(cloud, System.getenv());
                return account.isPresent() ? account.get() : "no account, " + Account.prefix(cloud) + "URL is not set";
            }
            return new Store(cloud, PackedBundle.of(cloud.fileSystem()), emulator(cloud));
        } catch (AzuriteInstallation.MissingException | FakeGcsInstallation.MissingException | IOException e) {
            if (Boolean.getBoolean("clouds.required")) {
                throw new AssertionError("no emulator of " + cloud + ", and clouds.required is set", e);
            }
            return "no emulator of " + cloud + ": " + e.getMessage();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("bundle has no configuration, cloud=" + cloud, e);
        }
    }

    private static Server emulator(Cloud cloud)
            throws IOException, AzuriteInstallation.MissingException, FakeGcsInstallation.MissingException {
        return switch (cloud) {
            case S3 -> new S3Server(VersityServer.running());
            case AZURE -> new AzureServer(Azurite.start(AzuriteInstallation.find()));
            case GCS -> new GcsServer(FakeGcs.start(FakeGcsInstallation.find()));
        };
    }
}
