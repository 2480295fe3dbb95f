package org.seawall.itests.container;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/** The bundles of this container that are under test. */
final class OurBundles {
    private OurBundles() {}

    static List<Bundle> in(BundleContext context) {
        return Arrays.stream(context.getBundles())
                .filter(bundle -> bundle.getSymbolicName().startsWith("org.seawall."))
                .sorted(Comparator.comparing(Bundle::getSymbolicName))
                .toList();
    }

    static Bundle named(String name, BundleContext context) {
        return in(context).stream()
                .filter(bundle -> bundle.getSymbolicName().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no bundle " + name));
    }
}
