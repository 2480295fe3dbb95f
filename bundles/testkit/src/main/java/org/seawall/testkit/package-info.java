/**
 * The contracts of api and spi as tests. A plug-in is tested by a class that extends one of
 * {@link org.seawall.testkit.FileSystemContract}, {@link org.seawall.testkit.WriteStrategyContract},
 * {@link org.seawall.testkit.SerializerContract} and {@link org.seawall.testkit.WriteAheadLogContract}; the rules are numbered
 * and explained in the bundle's CONTRACT.md. {@link org.seawall.testkit.Crashes} cuts the power at every step of a scenario.
 */
@Export
@Version("1.0.0")
package org.seawall.testkit;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
