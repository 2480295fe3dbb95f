/** The log engine and the catalog. */
package org.seawall.core;
