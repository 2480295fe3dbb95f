/**
 * What runs inside the container: a bundle is made of this package, whose classes see api, spi and testkit as the bundles that
 * they are.
 */
package org.seawall.itests.conformance.inside;
