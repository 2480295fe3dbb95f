package org.seawall.strategy.object;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What can be set of the strategy that writes an object a commit. */
@ObjectClassDefinition(
        name = "Seawall Strategy Object",
        description = "Writes every group of batches as an object of its own, several at a time.")
public @interface ObjectConfiguration {
    /**
     * Threads that create objects.
     *
     * @return their number at most, for each file system
     */
    @AttributeDefinition(
            name = "Threads",
            description =
                    "How many objects are created at the same time at most, on each file system without locks, over"
                            + " all logs on it; more of them wait for a thread. Threads end when there is nothing to do. 1 to 1024.",
            min = "1",
            max = "1024")
    int threads() default CreationThreads.DEFAULT;
}
