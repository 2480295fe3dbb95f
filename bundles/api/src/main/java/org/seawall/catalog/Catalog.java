package org.seawall.catalog;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The collections of a log. A change is durable when its method returns, and is seen by everything that starts after it.
 * All methods are safe for use by several threads; changes are carried out one after the other.
 *
 * <p>Every method throws {@link org.seawall.LogClosedException} when the log is closed and
 * {@link org.seawall.LogUnavailableException} when the storage fails.
 */
@ProviderType
public interface Catalog {

    /**
     * Creates a collection, empty and open for appends. Of several directories it goes to the one with the least in it.
     *
     * @param spec what it is to be
     * @return the collection with its id
     * @throws CollectionExistsException if the name is taken
     * @throws IllegalArgumentException if a setting is none, or its value out of its range; the message names it and the
     *     range
     */
    CollectionInfo create(CollectionSpec spec);

    /**
     * Creates a collection in a directory that the caller chooses: one of those that the log is configured with.
     *
     * @param spec what it is to be
     * @param url the directory as it is configured
     * @return the collection with its id
     * @throws CollectionExistsException if the name is taken
     * @throws IllegalArgumentException if the log has no such directory; the message names those that it has
     */
    CollectionInfo create(CollectionSpec spec, String url);

    /**
     * Finds a collection by its name.
     *
     * @param name the name
     * @return the collection, or empty
     */
    Optional<CollectionInfo> find(String name);

    /**
     * All collections.
     *
     * @return the collections by name
     */
    List<CollectionInfo> list();

    /**
     * Changes settings, tags, description or owner of a collection. Settings take effect at once, without a new opening.
     *
     * @param name the collection's name
     * @param change gets the present specification and returns the new one
     * @return the collection as it is now
     * @throws CollectionNotFoundException if no collection has that name
     * @throws IllegalArgumentException if name, dimension or metric would change, or a setting that is set
     *     is none, or its value out of its range
     */
    CollectionInfo update(String name, UnaryOperator<CollectionSpec> change);

    /**
     * Drops a collection with its entries and files. Once the drop is durable, which is before the files go, the name is
     * free and nothing of the collection is seen any more; if the process dies before the files are gone, the next start
     * removes them.
     *
     * @param name the collection's name
     * @throws CollectionNotFoundException if no collection has that name
     */
    void drop(String name);
}
