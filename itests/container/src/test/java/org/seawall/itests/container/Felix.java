package org.seawall.itests.container;

import static org.ops4j.pax.exam.CoreOptions.bundle;
import static org.ops4j.pax.exam.CoreOptions.junitBundles;
import static org.ops4j.pax.exam.CoreOptions.options;

import java.nio.file.Path;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.options.UrlProvisionOption;

/** What every test class runs in: a framework with our bundles and what they need, and nothing else. */
final class Felix {
    private Felix() {}

    static Option[] withOurBundles() {
        return options(
                file("pax-logging-api").startLevel(1),
                file("pax-logging-log4j2").startLevel(1),
                file("org.osgi.util.function"),
                file("org.osgi.util.promise"),
                file("org.osgi.service.component"),
                file("org.apache.felix.configadmin"),
                file("org.apache.felix.metatype"),
                file("org.apache.felix.scr"),
                file("org.apache.felix.gogo.runtime"),
                file("seawall-api"),
                file("seawall-spi"),
                file("seawall-core"),
                file("seawall-serializer-avro"),
                file("seawall-serializer-protobuf"),
                file("seawall-strategy-append"),
                file("seawall-strategy-object"),
                file("seawall-filesystem-local"),
                file("seawall-viper"),
                file("seawall-shell"),
                junitBundles());
    }

    private static UrlProvisionOption file(String artifact) {
        return bundle(Path.of(System.getProperty("it.bundles"), artifact + ".jar")
                .toUri()
                .toString());
    }
}
