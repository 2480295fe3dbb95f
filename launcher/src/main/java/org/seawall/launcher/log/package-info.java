/** The container's log: everything in {@code log/seawall.log}, warnings and errors on the console too. */
package org.seawall.launcher.log;
