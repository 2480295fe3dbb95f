package org.seawall.filesystem.gcs;

import org.osgi.service.component.annotations.ComponentPropertyType;
import org.seawall.spi.filesystem.FileSystem;

/** The service property {@link FileSystem#SCHEMES}; a type of its own, since only so it is written as an array. */
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
