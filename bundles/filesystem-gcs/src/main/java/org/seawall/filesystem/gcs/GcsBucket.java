package org.seawall.filesystem.gcs;

import static org.seawall.filesystem.gcs.GcsExceptions.naming;

import com.google.cloud.ReadChannel;
import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.Storage.BlobListOption;
import com.google.cloud.storage.StorageBatch;
import com.google.cloud.storage.StorageBatchResult;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.seawall.filesystem.common.Bucket;
import org.seawall.filesystem.common.ConditionFailedException;
import org.seawall.filesystem.common.Page;
import org.seawall.filesystem.common.StoredObject;
import org.seawall.filesystem.gcs.GcsExceptions.Effect;

/** A bucket of Google Cloud Storage. The version of an object is its generation, which no two writes of a key have in common. */
final class GcsBucket implements Bucket {

    /** The store takes no more deletions in one request. */
    private static final int BATCH = 100;

    private final String name;
    private final GcsClients clients;
    /** An object that is missing and a bucket that is missing look the same to a look-up, until the bucket was seen. */
    private volatile boolean seen;

    GcsBucket(String name, GcsClients clients) {
        this.name = name;
        this.clients = clients;
    }

    @Override
    public Optional<StoredObject> head(String key) throws IOException {
        return clients.use(client -> {
            Optional<StoredObject> found = lookUp(client, key);
            if (found.isEmpty() && !seen) {
                naming(request("list", "", Effect.NONE), client, () -> page(client, BlobListOption.pageSize(1)));
            }
            seen = true;
            return found;
        });
    }

    private Optional<StoredObject> lookUp(GcsClient client, String key) throws IOException {
        return naming(
                request("look-up", key, Effect.NONE),
                client,
                () -> Optional.ofNullable(client.sdk().get(BlobId.of(name, key), GcsOptions.head(client.objects())))
                        .map(GcsUpload::stored));
    }

    @Override
    public Page list(String prefix, boolean deep, Optional<String> token) throws IOException {
        List<BlobListOption> asked = new ArrayList<>(List.of(BlobListOption.prefix(prefix)));
        token.map(BlobListOption::pageToken).ifPresent(asked::add);
        if (!deep) {
            asked.add(BlobListOption.delimiter("/"));
        }
        return clients.use(client -> naming(
                request("list", "", Effect.NONE), client, () -> page(client, asked.toArray(BlobListOption[]::new))));
    }

    private Page page(GcsClient client, BlobListOption... asked) {
        com.google.api.gax.paging.Page<Blob> page = client.sdk().list(name, GcsOptions.list(client.objects(), asked));
        seen = true;
        List<StoredObject> objects = new ArrayList<>();
        List<String> prefixes = new ArrayList<>();
        for (Blob found : page.getValues()) {
            if (found.isDirectory()) {
                prefixes.add(found.getName());
            } else {
                objects.add(GcsUpload.stored(found));
            }
        }
        Optional<String> next = Optional.ofNullable(page.getNextPageToken()).filter(token -> !token.isEmpty());
        return new Page(objects, prefixes, next);
    }

    @Override
    public void read(StoredObject object, long offset, ByteBuffer target) throws IOException {
        if (!target.hasRemaining()) {
            return;
        }
        clients.use(client -> {
            try {
                return naming(
                        request("read", object.key(), Effect.NONE), client, () -> fill(client, object, offset, target));
            } catch (NoSuchFileException e) {
                throw replaced(client, object, e);
            }
        });
    }

    private ByteBuffer fill(GcsClient client, StoredObject object, long offset, ByteBuffer target) throws IOException {
        BlobId version = BlobId.of(name, object.key(), Long.parseLong(object.version()));
        try (ReadChannel channel = client.sdk().reader(version, GcsOptions.read(client.objects()))) {
            // one request for what is wanted, straight into the target
            channel.setChunkSize(0);
            channel.seek(offset);
            channel.limit(offset + target.remaining());
            while (target.hasRemaining()) {
                if (channel.read(target) < 0) {
                    throw new EOFException("body of an answer is cut, missing=" + target.remaining());
                }
            }
            return target;
        }
    }

    /** What is not there in this version may be there in another. */
    private IOException replaced(GcsClient client, StoredObject object, NoSuchFileException e) throws IOException {
        Optional<StoredObject> now = lookUp(client, object.key());
        return now.isEmpty()
                ? e
                : new ConditionFailedException(
                        "object was replaced, expected=" + object.version() + ", found="
                                + now.get().version() + ", object=gcs://" + name + "/" + object.key(),
                        e);
    }

    @Override
    public StoredObject put(String key, List<ByteBuffer> content, Condition condition, String putId)
            throws IOException {
        GcsUpload upload = GcsUpload.of(request("write", key, Effect.CHANGES), condition, putId);
        StoredObject written = clients.use(client -> upload.send(client, content));
        seen = true;
        return written;
    }

    @Override
    public Optional<String> expiry(String key) throws IOException {
        return clients.use(client -> naming(request("look at the rules", "", Effect.NONE), client, () -> {
            com.google.cloud.storage.Bucket found = client.sdk().get(name, GcsOptions.rules(client.objects()));
            return found == null ? Optional.empty() : GcsExpiry.of(found.getLifecycleRules(), key);
        }));
    }

    @Override
    public void delete(List<String> keys) throws IOException {
        for (int at = 0; at < keys.size(); at += BATCH) {
            List<String> some = keys.subList(at, Math.min(at + BATCH, keys.size()));
            clients.use(client -> naming(request("delete", some.get(0), Effect.CHANGES), client, () -> {
                if (some.size() == 1) {
                    client.sdk().delete(BlobId.of(name, some.get(0)), GcsOptions.source(client.objects()));
                } else {
                    together(client, some);
                }
                return some;
            }));
        }
    }

    private void together(GcsClient client, List<String> keys) {
        StorageBatch batch = client.sdk().batch();
        List<StorageBatchResult<Boolean>> results = keys.stream()
                .map(key -> batch.delete(BlobId.of(name, key), GcsOptions.source(client.objects())))
                .toList();
        batch.submit();
        // a result that is a failure throws here; that nothing was there is none
        results.forEach(StorageBatchResult::get);
    }

    private GcsExceptions.Request request(String operation, String key, Effect effect) {
        return new GcsExceptions.Request(operation, name, key, effect);
    }
}
