package org.seawall;

/** What an entry does to the id that it carries. */
public enum Operation {
    /** Gives the id a new newest version. If the id was live, this is an update of it. */
    PUT,
    /** Ends the id: from here on it is not found until it is put again. Deleting an unknown id is allowed. */
    DELETE
}
