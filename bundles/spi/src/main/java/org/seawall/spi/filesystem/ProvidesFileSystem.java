package org.seawall.spi.filesystem;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.annotation.bundle.Attribute;
import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * Says of a component that it, or what it registers, is a {@link FileSystem}: in the manifest of its bundle, as a capability of the
 * namespace {@value #NAMESPACE}, by which a resolver finds the bundle for a scheme; and as properties of the component,
 * {@link FileSystem#SCHEMES} and {@link FileSystem#CAPABILITIES}.
 *
 * <p>The manifest says what file systems of the bundle can do at most, since it knows no configuration; the service says what
 * this one does. A log goes by {@link FileSystem#capabilities()} alone.
 */
@ComponentPropertyType
@org.osgi.annotation.bundle.Capability(namespace = ProvidesFileSystem.NAMESPACE)
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface ProvidesFileSystem {

    /** The namespace, with the attributes {@code schemes} and {@code capabilities}, both lists. */
    String NAMESPACE = "org.seawall.filesystem";

    /** What the names of the component's properties begin with. */
    String PREFIX_ = "seawall.";

    /**
     * The schemes of the locations that are served, such as {@code file}.
     *
     * @return at least one
     */
    @Attribute
    String[] schemes();

    /**
     * What the file systems of the bundle can do.
     *
     * @return what {@link FileSystem#capabilities()} is, or more where that depends on the configuration
     */
    @Attribute
    Capability[] capabilities();
}
