/** Files of the directory {@code conf/} that FileInstall does not read by itself. */
package org.seawall.configuration;
