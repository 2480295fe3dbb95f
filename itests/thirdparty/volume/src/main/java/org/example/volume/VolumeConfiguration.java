package org.example.volume;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What an operator has to say. */
@ObjectClassDefinition(
        name = "Volume",
        description = "A directory whose logs have URLs that stay wherever it is mounted.")
public @interface VolumeConfiguration {
    /**
     * Where the volume is.
     *
     * @return a directory that exists
     */
    @AttributeDefinition(name = "Root", description = "The directory that volume:/ stands for; it has to exist.")
    String root();
}
