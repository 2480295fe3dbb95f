/** Starts a container with Seawall in it. */
package org.seawall.launcher;
