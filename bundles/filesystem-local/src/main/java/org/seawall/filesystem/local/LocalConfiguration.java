package org.seawall.filesystem.local;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What an operator may set. Without a configuration the defaults serve. */
@ObjectClassDefinition(
        name = "Seawall local filesystem",
        description = "Files on a local disk, for locations such as file:/var/lib/wal")
public @interface LocalConfiguration {

    /**
     * Space that is written ahead with zeroes behind a file that grows.
     *
     * @return bytes
     */
    @AttributeDefinition(
            name = "Reserved space",
            description =
                    "Bytes that are written ahead with zeroes behind a file that grows. A force into space that was"
                            + " written ahead takes about half the time. 0: nothing is written ahead. Default 8388608 (8 MiB),"
                            + " at most 1073741824 (1 GiB).",
            min = "0",
            max = "1073741824")
    long reserveBytes() default 8_388_608;
}
