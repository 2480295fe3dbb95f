package org.seawall.viper;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What an operator sets of the store that a log flushes to. */
@ObjectClassDefinition(
        name = "Seawall VIPER",
        description =
                "Where a log's collections of vectors are flushed to, and searched from. Sizes are in bytes. A change"
                        + " holds at once where nothing else is said. A value that is not valid is refused, and the configuration"
                        + " before it stays in force.")
@interface ViperConfiguration {

    @AttributeDefinition(
            name = "Log",
            description =
                    "Name of the log that flushes to it; the name of this configuration if it is empty. A change lets"
                            + " the one go and takes the other.",
            required = false)
    String log() default "";

    @AttributeDefinition(
            name = "Storage",
            description =
                    "Where the parts are: a directory or a URL, such as file:/var/lib/viper, which no other log uses."
                            + " A change does not move what is there: move it first, while the log is stopped.")
    String viper_url();

    @AttributeDefinition(
            name = "Cache",
            description =
                    "How much memory of what is kept of parts that nobody just uses, over all collections, in bytes;"
                            + " about a twenty-fifth of the vectors of what is searched is best.",
            min = "0")
    long cacheBytes() default 268_435_456;

    @AttributeDefinition(
            name = "Kept manifests",
            description =
                    "How many of the newest manifests of a collection are kept, with their files, for readers in other"
                            + " processes. Files go some flushes later than that.",
            min = "1",
            max = "1000000")
    int keptManifests() default 8;

    @AttributeDefinition(
            name = "Parts per compaction",
            description =
                    "How many small parts in a row become one in the background. Fewer of them are searched faster and"
                            + " written anew more often.",
            min = "2",
            max = "1000000")
    int compactParts() default 8;

    @AttributeDefinition(
            name = "Largest part",
            description =
                    "Up to what length parts are put together, in bytes; on an object store 134217728 at most, since a"
                            + " part is in memory there while it is written.",
            min = "1048576",
            max = "17179869184")
    long maxPartBytes() default 536_870_912;

    @AttributeDefinition(
            name = "Share of dead entries",
            description =
                    "Of a part with more superseded, deleted and expired entries the others are written anew, in percent; 100 for"
                            + " never.",
            min = "0",
            max = "100")
    int deadPercent() default 33;
}
