package org.seawall.filesystem.gcs;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.seawall.filesystem.common.Bucket;
import org.seawall.filesystem.common.Buckets;

/** The buckets by their names. */
final class GcsBuckets implements Buckets {

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]");

    private final GcsClients clients;
    private final Map<String, GcsBucket> buckets = new ConcurrentHashMap<>();

    GcsBuckets(GcsClients clients) {
        this.clients = clients;
    }

    @Override
    public Bucket bucket(String name) throws IOException {
        if (!NAME.matcher(name).matches()) {
            throw new IOException(
                    "not the name of a bucket, expected=lower case letters, digits, - _ and ., bucket=gcs://" + name);
        }
        return buckets.computeIfAbsent(name, missing -> new GcsBucket(name, clients));
    }
}
