/**
 * The write-ahead log: {@link org.seawall.WriteAheadLog} appends batches of {@link org.seawall.Entry entries} to
 * collections, makes them durable and reads them back. Errors are named by what the caller does about them; they all
 * extend {@link org.seawall.SeawallException}.
 */
@Export
@Version("1.0.0")
package org.seawall;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
