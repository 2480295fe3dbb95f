package org.seawall.spi.strategy;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.annotation.bundle.Attribute;
import org.osgi.service.component.annotations.ComponentPropertyType;
import org.seawall.spi.filesystem.Capability;

/**
 * Says of a component that it is a {@link WriteStrategy}: in the manifest of its bundle, as a capability of the namespace
 * {@value #NAMESPACE}, by which a resolver finds the bundle; and as properties of the service, {@link WriteStrategy#NAME} and
 * {@link WriteStrategy#REQUIRES}. A log goes by {@link WriteStrategy#name()} and {@link WriteStrategy#requires()} alone.
 */
@ComponentPropertyType
@org.osgi.annotation.bundle.Capability(namespace = ProvidesStrategy.NAMESPACE)
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface ProvidesStrategy {

    /** The namespace, with the attributes {@code strategy} and {@code requires}, the latter a list. */
    String NAMESPACE = "org.seawall.strategy";

    /** What the names of the service's properties begin with. */
    String PREFIX_ = "seawall.";

    /**
     * The name.
     *
     * @return what {@link WriteStrategy#name()} is
     */
    @Attribute
    String strategy();

    /**
     * What a file system must be able to do.
     *
     * @return what {@link WriteStrategy#requires()} is
     */
    @Attribute
    Capability[] requires();
}
