package org.seawall.catalog;

import org.seawall.SeawallException;

/** The name of a collection is taken. Choose another or drop the collection. */
public class CollectionExistsException extends SeawallException {
    private static final long serialVersionUID = 1L;

    /**
     * An error about a name.
     *
     * @param name the collection's name
     * @param log the log's name
     */
    public CollectionExistsException(String name, String log) {
        super("collection exists, name=" + name + ", log=" + log);
    }
}
