package org.seawall.filesystem.gcs;

import java.io.IOException;
import org.seawall.StorageDeniedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The client of the day. It is made by the first request, and made anew by the first request after the configuration or the key
 * file changed; requests under way finish on the client that they began on. Safe for use by several threads.
 */
final class GcsClients implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(GcsClients.class);

    /** What is done with a client. */
    interface Use<T> {
        T on(GcsClient client) throws IOException;
    }

    /** A client and what it was made of. */
    private record Made(GcsClient client, GcsSettings settings, String stamp) {}

    private GcsSettings settings;
    private Made made;
    private boolean closed;

    GcsClients(GcsSettings settings) {
        this.settings = settings;
    }

    /** The next request goes by these. */
    synchronized void change(GcsSettings changed) {
        settings = changed;
    }

    <T> T use(Use<T> use) throws IOException {
        GcsClient client = enter();
        try {
            return use.on(client);
        } finally {
            client.leave();
        }
    }

    private synchronized GcsClient enter() throws IOException {
        if (closed) {
            throw new IOException(
                    "file system is stopped, endpoint=" + settings.access().endpoint());
        }
        String stamp = KeyFiles.stamp(settings.access());
        if (made == null || made.settings() != settings) {
            replace(new Made(new GcsClient(settings), settings, stamp));
        } else if (!made.stamp().equals(stamp)) {
            reread(stamp);
        }
        made.client().enter();
        return made.client();
    }

    /** A file that is half written is no reason to give up credentials that serve. */
    private void reread(String stamp) {
        try {
            replace(new Made(new GcsClient(settings), settings, stamp));
        } catch (StorageDeniedException e) {
            LOG.warn(
                    "changed key file cannot be read, the key before stays in use, source={}",
                    settings.access().source(),
                    e);
            made = new Made(made.client(), settings, stamp);
        }
    }

    private void replace(Made next) {
        if (made != null) {
            made.client().retire();
        }
        made = next;
    }

    /** Requests that are still under way end, too: nothing is to be left of them. */
    @Override
    public synchronized void close() {
        closed = true;
        if (made != null) {
            made.client().end();
        }
    }
}
