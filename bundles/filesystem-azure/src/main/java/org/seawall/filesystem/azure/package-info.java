/** Files on Azure Blob Storage, at locations such as {@code adls://container/path}. */
package org.seawall.filesystem.azure;
