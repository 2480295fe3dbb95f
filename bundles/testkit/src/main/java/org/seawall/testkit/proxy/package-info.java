/**
 * A bad network between a client and its server: {@link org.seawall.testkit.proxy.FaultProxy} forwards HTTP requests, counts them,
 * and lets some go wrong.
 */
@Export
@Version("1.0.0")
package org.seawall.testkit.proxy;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
