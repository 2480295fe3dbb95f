/**
 * Segment files. A plug-in registers {@link org.seawall.spi.strategy.WriteStrategy}; it knows in which files the bytes of batches
 * go and when they are durable, and nothing of what is in them.
 */
@Export
@Version("1.0.0")
package org.seawall.spi.strategy;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
