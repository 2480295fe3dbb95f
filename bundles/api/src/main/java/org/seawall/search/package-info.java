/** Search over the vectors of a collection: {@link org.seawall.search.VectorSearch}, one service per log. */
@Export
@Version("1.0.0")
package org.seawall.search;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
