package org.seawall.viper.store;

import java.io.IOException;
import java.util.Set;

/** The open parts of one store, in a pool that others may share. Safe for use by several threads. */
final class PartCache implements AutoCloseable {
    private final PartOpener opener;
    private final PartPool pool;

    /** What is done with an open part. */
    interface Use<T> {
        T with(OpenPart part) throws IOException;
    }

    PartCache(PartOpener opener, PartPool pool) {
        this.opener = opener;
        this.pool = pool;
    }

    /**
     * Does something with a part, which stays open meanwhile.
     *
     * @throws IOException if the part cannot be opened, or the use fails
     */
    <T> T use(String name, Use<T> use) throws IOException {
        return pool.use(opener, name, use);
    }

    /** Whether each read of a part is a request to another machine. */
    boolean remote() {
        return opener.remote();
    }

    /** Lets go of parts that are not there any more. */
    void forget(Set<String> gone) throws IOException {
        pool.forget(opener, gone);
    }

    @Override
    public void close() throws IOException {
        pool.forget(opener);
    }
}
