/**
 * A configured log and what it is made of: read {@link org.seawall.core.LogComponent} first.
 *
 * <p>What a resolver is told: a log needs a serializer, and the strategy {@code object} for its catalog; it also uses file systems and
 * other strategies, which the configuration is about, and which the one who wants the log asks for. To a framework that says
 * nothing ({@code active}): the bundle starts without any of them, and its logs wait.
 */
@Requirement(
        namespace = ProvidesSerializer.NAMESPACE,
        filter = "(format=*)",
        effective = "active",
        cardinality = Cardinality.MULTIPLE)
@Requirement(namespace = ProvidesStrategy.NAMESPACE, filter = "(strategy=object)", effective = "active")
@Requirement(
        namespace = ProvidesStrategy.NAMESPACE,
        filter = "(strategy=*)",
        effective = "active",
        resolution = Resolution.OPTIONAL,
        cardinality = Cardinality.MULTIPLE)
@Requirement(
        namespace = ProvidesFileSystem.NAMESPACE,
        filter = "(schemes=*)",
        effective = "active",
        resolution = Resolution.OPTIONAL,
        cardinality = Cardinality.MULTIPLE)
package org.seawall.core;

import org.osgi.annotation.bundle.Requirement;
import org.osgi.annotation.bundle.Requirement.Cardinality;
import org.osgi.annotation.bundle.Requirement.Resolution;
import org.seawall.spi.filesystem.ProvidesFileSystem;
import org.seawall.spi.serializer.ProvidesSerializer;
import org.seawall.spi.strategy.ProvidesStrategy;
