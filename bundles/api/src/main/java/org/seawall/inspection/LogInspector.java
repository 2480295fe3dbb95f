package org.seawall.inspection;

import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;
import org.seawall.catalog.CollectionSpec;

/**
 * Looks at the files of a log by where they are. One service, there as long as the engine is: also while no log is
 * configured, or a log cannot be opened since its catalog is damaged.
 *
 * <p>All methods are safe for use by several threads and do their work in the calling one, for as long as the files take.
 * Memory is bounded by the largest batch, for a catalog by the catalog. Every method throws
 * {@link org.seawall.LogUnavailableException} if no file system serves a URL or a directory cannot be listed, and
 * {@link IllegalArgumentException} if a URL is none.
 */
@ProviderType
public interface LogInspector {

    /**
     * Reads everything of a log and gives a verdict for each file, by the rules of recovery. Takes no lock and changes
     * nothing. Behind a damaged file it goes on as far as that is possible; where the catalog is damaged, directories that
     * hold segments are verified by what their headers say.
     *
     * <p>A log that is open meanwhile, in this process or another, is read up to what is written: its growing end is not
     * called torn, and a file that was moved or replaced is looked for again. A finding is believed once it was made twice.
     *
     * @param place where the log is
     * @param collection the one collection to verify beside the catalog, by name or id; empty for all
     * @param progress is told how far it is
     * @return a verdict for each file
     * @throws org.seawall.catalog.CollectionNotFoundException if no collection and no directory has that name
     */
    Verification verify(LogPlace place, Optional<String> collection, InspectionProgress progress);

    /**
     * Repairs the files of a log that is closed, and holds its locks meanwhile. By itself it cuts off torn tails, as opening
     * the log would; for more it needs the options. Of every file that it changes or removes a copy is made first, which is
     * durable before anything is changed. If the process dies, a repair that is done again comes to the same end.
     *
     * <p>What is truncated is given up: its sequences will be given again to other entries. Whoever has taken entries over
     * from the log has to know that.
     *
     * @param place where the log is
     * @param options what it may do
     * @param progress is told how far it is
     * @return what was done, and what is left
     * @throws org.seawall.catalog.CollectionNotFoundException if no collection and no directory has that name
     * @throws org.seawall.LogUnavailableException if somebody holds a lock: the message says who; or if the storage fails:
     *     repair again
     */
    Repair repair(LogPlace place, RepairOptions options, InspectionProgress progress);

    /**
     * Copies a whole log, its files byte for byte under their names, the catalog last: so half a copy is no log. The source
     * may be open; what is written when its turn comes is copied. The archive is not. Files that are in the target already
     * and are equal are kept, so that a copy that broke off is finished by another. At the end the target is read back:
     * it holds exactly the batches that were read from the source, all in order.
     *
     * @param source where the log is; has one directory of collections, and everything but a torn tail is in order
     * @param target where the copy goes; has one directory, holds nothing, or what an earlier copy of the same log left. It
     *     is refused if anything was written to it since then
     * @param progress is told how far it is
     * @return what was copied
     * @throws org.seawall.LogCorruptException if the source is not in order; repair it first
     * @throws org.seawall.LogUnavailableException if the target is another log or locked, or the storage fails
     */
    Copy copy(LogPlace source, LogPlace target, InspectionProgress progress);

    /**
     * Reads a collection from its files, snapshot and segments: what {@link org.seawall.WriteAheadLog#read} would return,
     * batch by batch.
     *
     * @param place where the log is
     * @param collection the collection's name or id
     * @param skipDamaged whether valid batches behind damage are read as well; else damage is thrown once what stands
     *     before it was visited
     * @param visitor takes the batches
     * @return what the catalog says of the collection; empty if the catalog does not name it or is damaged
     * @throws org.seawall.catalog.CollectionNotFoundException if no collection and no directory has that name
     * @throws org.seawall.LogCorruptException if something is damaged and not to be skipped
     */
    Optional<CollectionSpec> read(LogPlace place, String collection, boolean skipDamaged, BatchVisitor visitor);
}
