package org.seawall.filesystem.s3;

import software.amazon.awssdk.services.s3.S3Client;

/** A client that is closed when it is retired and the last request that uses it has ended. */
final class LeasedClient {

    private final S3Client client;
    private int users;
    private boolean retired;

    LeasedClient(S3Client client) {
        this.client = client;
    }

    S3Client client() {
        return client;
    }

    synchronized void enter() {
        users++;
    }

    synchronized void leave() {
        users--;
        closeIfUnused();
    }

    /** Whoever calls it lets nobody enter any more. */
    synchronized void retire() {
        retired = true;
        closeIfUnused();
    }

    /** Also under those that use it: their requests fail. */
    void closeNow() {
        client.close();
    }

    private void closeIfUnused() {
        if (retired && users == 0) {
            client.close();
        }
    }
}
