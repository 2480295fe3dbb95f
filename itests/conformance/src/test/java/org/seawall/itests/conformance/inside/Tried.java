package org.seawall.itests.conformance.inside;

import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/** The service that is tried, and what is said of it. It is registered a second time under {@link #MARK}. */
record Tried<T>(T service, ServiceReference<T> reference) {
    static final String MARK = "conformance.tried";
    static final String URL = "conformance.url";

    static <T> Tried<T> of(Class<T> type) {
        BundleContext context = FrameworkUtil.getBundle(Tried.class).getBundleContext();
        try {
            ServiceReference<T> reference = context.getServiceReferences(type, "(" + MARK + "=true)").stream()
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("nothing is tried, type=" + type.getName()));
            return new Tried<>(context.getService(reference), reference);
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException("filter is wrong", e);
        }
    }

    String url() {
        return (String) reference.getProperty(URL);
    }
}
