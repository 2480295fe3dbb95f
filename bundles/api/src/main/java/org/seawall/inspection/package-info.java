/**
 * Looks at the files of a log, by where they are: {@link org.seawall.inspection.LogInspector} verifies, repairs, copies and
 * reads them, also of a log that is not open or cannot be opened.
 */
@Export
@Version("1.0.0")
package org.seawall.inspection;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
