package org.seawall.filesystem.local;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What an operator may set. Without a configuration the defaults serve. */
@ObjectClassDefinition(
        name = "Seawall local filesystem",
        description = "Files on a local disk, for locations such as file:/var/lib/wal")
public @interface LocalConfiguration {

    /**
     * The most space that is written ahead with zeroes behind a file that grows.
     *
     * @return bytes
     */
    @AttributeDefinition(
            name = "Reserved space",
            description =
                    "Most bytes that are written ahead with zeroes behind a file that grows, by a thread of its own. A"
                            + " force into space that was written ahead takes about half the time. Less is ahead of small"
                            + " writes, and nothing of writes of more than an eighth of this. 0: nothing is written ahead."
                            + " Default 8388608 (8 MiB), at most 1073741824 (1 GiB).",
            min = "0",
            max = "1073741824")
    long reserveBytes() default 8_388_608;
}
