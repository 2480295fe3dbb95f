/**
 * Entries to bytes and back. A plug-in registers {@link org.seawall.spi.serializer.BatchSerializer}; it knows nothing of files.
 */
@Export
@Version("2.0.0")
package org.seawall.spi.serializer;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
