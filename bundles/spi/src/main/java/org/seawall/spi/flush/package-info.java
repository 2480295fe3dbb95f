/**
 * What leaves a log: {@link org.seawall.spi.flush.FlushSource}, the log as a sink sees it, and
 * {@link org.seawall.spi.flush.FlushSink}, which takes what is flushed.
 */
@Export
@Version("1.0.0")
package org.seawall.spi.flush;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
