/** An operator's commands, for Gogo. */
package org.seawall.shell;
