/**
 * What a sink sees of a log: {@link org.seawall.spi.flush.FlushSource}, the live entries that are in the log.
 */
@Export
@Version("1.0.0")
package org.seawall.spi.flush;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
