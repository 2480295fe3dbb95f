package org.seawall.catalog;

import org.seawall.SeawallException;

/** No collection has that name. Create it, or mend the name. */
public class CollectionNotFoundException extends SeawallException {
    private static final long serialVersionUID = 1L;

    /**
     * An error about a name.
     *
     * @param name the collection's name
     * @param log the log's name
     */
    public CollectionNotFoundException(String name, String log) {
        super("collection not found, name=" + name + ", log=" + log);
    }
}
