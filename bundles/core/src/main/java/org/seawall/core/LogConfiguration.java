package org.seawall.core;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/**
 * What an operator sets of a log. A change is taken by the log that is open: what names services changes its sessions, what
 * says where it is moves it, and all else holds at once.
 */
@ObjectClassDefinition(
        name = "Seawall log",
        description =
                "One write-ahead log. Sizes are in bytes, times in milliseconds. A change holds at once, without a pause,"
                        + " where nothing else is said. A value that is not valid is refused, and the configuration before"
                        + " it stays in force: see the log's status.")
@interface LogConfiguration {

    @AttributeDefinition(
            name = "Storage",
            description = "Where the collections are: a directory or a URL, such as file:/var/lib/wal. A change moves"
                    + " them while the log is open: what is appended is written in the new place from then on, after"
                    + " a pause, the rest is copied in the background and then deleted in the old place. Until the"
                    + " new place can be used all goes on in the old one. See the status for how far it is.",
            required = false)
    String wal_url() default "";

    @AttributeDefinition(
            name = "More storage",
            description =
                    "Directories or URLs that the collections are spread over, beside the one of wal.url, which is"
                            + " the first if it is set. A new collection goes to the one with the least in it. One"
                            + " that is replaced by another moves there while the log is open. A change of their"
                            + " number opens the log anew; the collections of one that is removed are moved to those"
                            + " that are left, which drains a disk.",
            required = false)
    String[] wal_urls() default {};

    @AttributeDefinition(
            name = "Catalog storage",
            description = "Where the catalog is; the directory 'catalog' in the first directory of collections if it is"
                    + " empty. A change moves it there while the log is open, and changes of the catalog wait meanwhile;"
                    + " until it is there it stays in use where it is. Where another catalog is, the log is opened"
                    + " anew with that one.",
            required = false)
    String catalog_url() default "";

    @AttributeDefinition(
            name = "Serializer",
            description =
                    "Name of the format of new segments. A change pauses appends until the log goes on in another session;"
                            + " it goes on in the format before while there is no serializer of that name.")
    String serializer() default "avro";

    @AttributeDefinition(
            name = "Strategy",
            description = "How segments are written: 'auto' takes the best that the file system can do, or the name of"
                    + " one, such as 'append' or 'object'. A change pauses appends until the log goes on in another"
                    + " session.")
    String strategy() default "auto";

    @AttributeDefinition(
            name = "Acknowledgement",
            description =
                    "When an append that names no level is acknowledged: 'MEMORY' once it is queued, 'OS' once it is"
                            + " written (survives the death of the process), 'PERIODIC' as 'OS' with a force now and then,"
                            + " 'DURABLE' once it is forced (survives a loss of power). A collection may override it.",
            options = {
                @Option(label = "once queued", value = "MEMORY"),
                @Option(label = "once written", value = "OS"),
                @Option(label = "once written, forced now and then", value = "PERIODIC"),
                @Option(label = "once forced", value = "DURABLE")
            })
    String acknowledgement() default "DURABLE";

    @AttributeDefinition(
            name = "Visibility",
            description =
                    "From when on readers see a batch: 'DURABLE' once it is forced, 'IMMEDIATE' once it is written,"
                            + " though a loss of power may still take it. A collection may override it.",
            options = {
                @Option(label = "once forced", value = "DURABLE"),
                @Option(label = "once written", value = "IMMEDIATE")
            })
    String visibility() default "DURABLE";

    @AttributeDefinition(
            name = "Time to a force",
            description = "How long a batch of level 'PERIODIC' stays without a force at most, in milliseconds. A"
                    + " collection may override it.",
            min = "1",
            max = "3600000")
    long syncMillis() default 1_000;

    @AttributeDefinition(
            name = "Segment size",
            description = "At what length the active segment is sealed, in bytes.",
            min = "65536",
            max = "1073741824")
    long segmentBytes() default 67_108_864;

    @AttributeDefinition(
            name = "Segment age",
            description = "At what age an active segment that holds entries is sealed, in milliseconds; 0 for never.",
            min = "0")
    long segmentMillis() default 3_600_000;

    @AttributeDefinition(
            name = "Group size",
            description =
                    "How many bytes of waiting batches share one force at most, or one object on an object store.",
            min = "1024",
            max = "62914560")
    long groupBytes() default 8_388_608;

    @AttributeDefinition(
            name = "Commits in flight",
            description =
                    "How many groups of batches of a collection an object store is creating at the same time at most,"
                            + " acknowledged in their order. More of them let more be written while a request takes its"
                            + " time, in smaller objects; 1 waits for each, in fewer and larger ones, which cost less. Of no"
                            + " meaning on a local disk. 1 to 16; a collection may override it.",
            min = "1",
            max = "16")
    int commitsInFlight() default 4;

    @AttributeDefinition(
            name = "Commit window",
            description =
                    "How long batches wait for others to share an object with, in milliseconds, while another object of"
                            + " the collection is in flight; not longer than until they fill a group or nothing is in flight"
                            + " any more. A lone batch never waits. Fewer and larger objects cost less: their price is that"
                            + " of a request each. 0 for not at all, up to 60000; a collection may override it.",
            min = "0",
            max = "60000")
    long commitMillis() default 0;

    @AttributeDefinition(
            name = "Largest entry",
            description = "Limit of one encoded entry, in bytes.",
            min = "1024",
            max = "62914560")
    int maxEntryBytes() default 16_777_216;

    @AttributeDefinition(
            name = "Largest batch",
            description = "Limit of one encoded batch, in bytes; not above the bytes in flight.",
            min = "1024",
            max = "62914560")
    int maxBatchBytes() default 33_554_432;

    @AttributeDefinition(
            name = "Most entries of a batch",
            description = "Limit of the number of entries of one batch.",
            min = "1",
            max = "1048576")
    int maxBatchEntries() default 100_000;

    @AttributeDefinition(
            name = "Bytes in flight",
            description =
                    "Limit of what was appended and is not durable yet, over all collections of a directory, in bytes;"
                            + " not below the largest batch. At the limit appends are refused.",
            min = "1024")
    long inFlightBytes() default 134_217_728;

    @AttributeDefinition(
            name = "Bytes in flight, softly",
            description =
                    "Above how many bytes in flight an append holds its caller back, in bytes; 0 for seven eighths of"
                            + " the limit.",
            min = "0")
    long inFlightSoftBytes() default 0;

    @AttributeDefinition(
            name = "Memory",
            description = "Limit of the entries kept in memory, over all collections, in bytes; 0 for half of the"
                    + " largest heap. At the limit appends are refused.",
            min = "0")
    long memoryBytes() default 0;

    @AttributeDefinition(
            name = "Memory, softly",
            description =
                    "Above how many bytes in memory an append holds its caller back, in bytes; 0 for seven eighths of"
                            + " the limit.",
            min = "0")
    long memorySoftBytes() default 0;

    @AttributeDefinition(
            name = "Back-pressure",
            description =
                    "How long an append above a soft limit holds its caller back at most, in milliseconds, before it"
                            + " goes through or is refused at the limit; 0 for never.",
            min = "0",
            max = "3600000")
    long backpressureMillis() default 3_000;

    @AttributeDefinition(
            name = "Patience with services",
            description = "How long appends and other calls wait at most while a file system, strategy or serializer is"
                    + " replaced or away, in milliseconds; then they are refused, and taken again when it is back.",
            min = "1",
            max = "3600000")
    long backendTimeoutMillis() default 30_000;

    @AttributeDefinition(
            name = "Bytes per snapshot",
            description =
                    "After how many bytes appended to a collection its snapshot is written anew, which bounds what a"
                            + " recovery reads; in bytes, 0 for never.",
            min = "0")
    long snapshotBytes() default 536_870_912;

    @AttributeDefinition(
            name = "Versions",
            description = "How many versions of an id a compaction or a snapshot keeps. A collection may override it.",
            min = "1",
            max = "1000000")
    int versions() default 1;

    @AttributeDefinition(
            name = "Time per snapshot",
            description =
                    "How long after its snapshot a collection's snapshot is written anew, if anything was appended"
                            + " since; in milliseconds, 0 for never. A collection may override it.",
            min = "0")
    long snapshotMillis() default 0;

    @AttributeDefinition(
            name = "Bytes per flush",
            description =
                    "From how many bytes of a collection in memory on they are flushed, if a sink is attached to the"
                            + " log; in bytes, 0 for any number. A collection may override it.",
            min = "0")
    long flushBytes() default 16_777_216;

    @AttributeDefinition(
            name = "Entries per flush",
            description =
                    "From how many entries of a collection in memory on they are flushed, if a sink is attached to"
                            + " the log; 0 for any number. A collection may override it.",
            min = "0")
    long flushEntries() default 0;

    @AttributeDefinition(
            name = "Time per flush",
            description =
                    "How long entries of a collection stay in memory before they are flushed, if a sink is attached"
                            + " to the log; in milliseconds, 0 for any time. A collection may override it.",
            min = "0")
    long flushMillis() default 60_000;

    @AttributeDefinition(
            name = "Flush threads",
            description = "How many collections are flushed at the same time; holds from the next sink on that is"
                    + " attached.",
            min = "1",
            max = "256")
    int flushThreads() default 2;

    @AttributeDefinition(
            name = "Recovery threads",
            description = "How many collections of a directory are recovered at the same time; 0 for as many as there"
                    + " are processors.",
            min = "0",
            max = "256")
    int recoveryThreads() default 0;

    @AttributeDefinition(
            name = "Recovery reads",
            description =
                    "How many segments of a directory are read ahead at the same time by a recovery; 0 to read one"
                            + " after the other.",
            min = "0",
            max = "256")
    int recoveryReads() default 32;

    @AttributeDefinition(
            name = "Recovery read bytes",
            description = "How many bytes of a directory's segments are read ahead at most by a recovery; they are in"
                    + " memory beside what is recovered already.",
            min = "0")
    long recoveryReadBytes() default 268_435_456;

    @AttributeDefinition(
            name = "Recovery stall",
            description = "How long a log that starts waits for a storage that does not answer while no collection gets"
                    + " any further; then it opens without the collections that are there, in milliseconds.",
            min = "0")
    long recoveryStallMillis() default 10_000;

    @AttributeDefinition(
            name = "Changes per catalog snapshot",
            description = "After how many changes of the catalog its snapshot is written anew.",
            min = "1")
    int catalogSnapshotChanges() default 64;

    @AttributeDefinition(
            name = "Archives",
            description = "How many generations of what snapshots and compactions replaced are kept, per collection and"
                    + " of the catalog. A point in time can be read as far back as they reach.",
            min = "0")
    int archives() default 8;

    @AttributeDefinition(
            name = "Age of archives",
            description = "At what age a generation of archived segments is deleted, in milliseconds, 0 for never. A"
                    + " collection may override it.",
            min = "0")
    long archiveMillis() default 0;

    @AttributeDefinition(
            name = "Segments per compaction",
            description = "How many small segments in a row are merged into one in the background; 0 for never.",
            min = "0",
            max = "1000000")
    int compactSegments() default 64;

    @AttributeDefinition(
            name = "Size of small segments",
            description = "Below what length a segment is small, in bytes.",
            min = "0",
            max = "1073741824")
    long compactBytes() default 8_388_608;

    @AttributeDefinition(
            name = "Share of dead entries",
            description =
                    "From what share of superseded, deleted and expired bytes in memory on a collection's snapshot"
                            + " is written anew without them, in percent; 0 for never.",
            min = "0",
            max = "100")
    int cleanPercent() default 50;

    @AttributeDefinition(
            name = "Least of dead entries",
            description = "Fewer bytes of dead entries than that are left alone.",
            min = "0")
    long cleanBytes() default 16_777_216;

    @AttributeDefinition(
            name = "Commit threads",
            description = "How many collections of a directory are written to at the same time at most.",
            min = "1",
            max = "256")
    int commitThreads() default 4;
}
