package org.seawall.viper.sink;

import java.util.Optional;
import java.util.UUID;
import org.seawall.viper.store.StoreView;

/** The stores of one log's collections, as they are open now. Safe for use by several threads. */
public interface Stores {
    /**
     * Shows what the open store of a collection holds now.
     *
     * @param collection the collection's id
     * @return a view, which works until it is closed, also when the store is closed or replaced meanwhile; empty if no store of the
     *     collection is open
     */
    Optional<StoreView> view(UUID collection);
}
