/**
 * Files on one kind of storage. A plug-in registers {@link org.seawall.spi.filesystem.FileSystem}; it knows nothing of batches
 * or segments.
 */
@Export
@Version("1.0.0")
package org.seawall.spi.filesystem;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
