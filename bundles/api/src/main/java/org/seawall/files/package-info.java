/** Files that entries are read from and written into: {@link org.seawall.files.EntryFiles}, one service per kind of file. */
@Export
@Version("1.0.0")
package org.seawall.files;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
