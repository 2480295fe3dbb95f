package org.seawall.spi.serializer;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.annotation.bundle.Attribute;
import org.osgi.annotation.bundle.Capability;
import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * Says of a component that it is a {@link BatchSerializer}: in the manifest of its bundle, as a capability of the namespace
 * {@value #NAMESPACE}, by which a resolver finds the bundle for a format; and as the property {@link BatchSerializer#FORMAT} of the
 * service. A log goes by {@link BatchSerializer#format()} alone.
 */
@ComponentPropertyType
@Capability(namespace = ProvidesSerializer.NAMESPACE)
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface ProvidesSerializer {

    /** The namespace, with the attribute {@code format}. */
    String NAMESPACE = "org.seawall.serializer";

    /** What the name of the service's property begins with. */
    String PREFIX_ = "seawall.";

    /**
     * The format.
     *
     * @return what {@link BatchSerializer#format()} is
     */
    @Attribute
    String format();
}
