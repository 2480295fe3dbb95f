/** The tour: a container is killed while it writes, and nothing that it acknowledged is lost. */
package org.seawall.launcher.demo;
