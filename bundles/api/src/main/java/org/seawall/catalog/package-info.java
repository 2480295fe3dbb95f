/**
 * The catalog: which collections a log holds and what they are. {@link org.seawall.catalog.Catalog} is reached through
 * {@link org.seawall.WriteAheadLog#catalog()}.
 */
@Export
@Version("1.0.0")
package org.seawall.catalog;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
