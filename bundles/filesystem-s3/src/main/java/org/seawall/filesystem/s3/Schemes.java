package org.seawall.filesystem.s3;

import org.osgi.service.component.annotations.ComponentPropertyType;
import org.seawall.spi.filesystem.FileSystem;

/** The service property {@link FileSystem#SCHEMES}. */
@ComponentPropertyType
@interface Schemes {
    /** The first part of the property's name. */
    String PREFIX_ = "seawall.";

    /**
     * The schemes.
     *
     * @return the value of {@code seawall.schemes}
     */
    String[] schemes();
}
