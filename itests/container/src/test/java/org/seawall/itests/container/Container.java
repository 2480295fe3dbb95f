package org.seawall.itests.container;

import org.ops4j.pax.exam.Option;

/** The container of this run: Felix, Equinox or Karaf, each with our bundles and what they need. */
final class Container {
    private Container() {}

    static Option[] withOurBundles() {
        return isKaraf() ? Karaf.with("seawall-viper") : Felix.withOurBundles();
    }

    static boolean isKaraf() {
        return "karaf".equals(System.getProperty("it.container"));
    }
}
