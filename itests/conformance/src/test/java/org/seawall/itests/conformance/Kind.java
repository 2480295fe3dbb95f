package org.seawall.itests.conformance;

import java.util.Arrays;
import java.util.Optional;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;

/** A kind of plug-in: its service, the property that tells which one it is, its contract, and who runs that in the container. */
enum Kind {
    FILE_SYSTEM(
            "org.seawall.spi.filesystem.FileSystem",
            "seawall.schemes",
            Contracts.FILES,
            "FileSystemRun",
            "File system"),
    STRATEGY(
            "org.seawall.spi.strategy.WriteStrategy",
            "seawall.strategy",
            Contracts.STRATEGY,
            "StrategyRun",
            "Strategy"),
    SERIALIZER(
            "org.seawall.spi.serializer.BatchSerializer",
            "seawall.format",
            Contracts.SERIALIZER,
            "SerializerRun",
            "Serializer");

    final String service;
    final String contract;
    final String run;
    final String title;
    private final String property;

    Kind(String service, String property, String contract, String run, String title) {
        this.service = service;
        this.property = property;
        this.contract = contract;
        this.run = "org.seawall.itests.conformance.inside." + run;
        this.title = title;
    }

    static Optional<Kind> of(ServiceReference<?> reference) {
        String[] types = (String[]) reference.getProperty(Constants.OBJECTCLASS);
        return Arrays.stream(values())
                .filter(kind -> Arrays.asList(types).contains(kind.service))
                .findFirst();
    }

    /** What the service says that it is, such as {@code avro} or {@code s3}; the property is the contract's too. */
    String name(ServiceReference<?> reference) throws Refusal {
        Object value = reference.getProperty(property);
        if (value instanceof String one) {
            return one;
        }
        if (value instanceof String[] several && several.length > 0) {
            return several[0];
        }
        throw new Refusal("service without its property, by which a log would find it, missing=" + property
                + ", service=" + service + ", bundle=" + reference.getBundle().getSymbolicName());
    }
}
