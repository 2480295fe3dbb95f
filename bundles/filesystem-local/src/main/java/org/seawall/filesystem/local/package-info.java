/** Files on a local disk. */
package org.seawall.filesystem.local;
