package org.seawall.filesystem.azure;

import com.azure.core.http.rest.PagedResponse;
import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.models.AppendBlobItem;
import com.azure.storage.blob.models.AppendBlobRequestConditions;
import com.azure.storage.blob.models.BlobItem;
import com.azure.storage.blob.models.BlobListDetails;
import com.azure.storage.blob.models.BlobProperties;
import com.azure.storage.blob.models.BlobRange;
import com.azure.storage.blob.models.BlobRequestConditions;
import com.azure.storage.blob.models.BlobType;
import com.azure.storage.blob.models.BlockBlobItem;
import com.azure.storage.blob.models.DeleteSnapshotsOptionType;
import com.azure.storage.blob.models.DownloadRetryOptions;
import com.azure.storage.blob.models.ListBlobsOptions;
import com.azure.storage.blob.options.AppendBlobAppendBlockOptions;
import com.azure.storage.blob.options.AppendBlobCreateOptions;
import com.azure.storage.blob.options.AppendBlobSealOptions;
import com.azure.storage.blob.options.BlockBlobSimpleUploadOptions;
import com.azure.storage.blob.specialized.AppendBlobClient;
import com.azure.storage.blob.specialized.BlockBlobClient;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.seawall.filesystem.common.ConditionFailedException;
import org.seawall.filesystem.common.GrowingBucket;
import org.seawall.filesystem.common.Page;
import org.seawall.filesystem.common.SealedException;
import org.seawall.filesystem.common.StoredObject;

/**
 * One container. Versions are ETags without their quotes, those of append blobs with a plus. A put is one request; one of more than a block stages its blocks,
 * which nobody sees, and commits their list under the condition.
 */
final class AzureBucket implements GrowingBucket {

    private static final String PUT_ID = "seawallputid";
    /** Behind the ETag of an append blob: what was appended stays, so it is read whatever the ETag has become. */
    private static final String GROWS = "+";

    private final BlobContainerClient container;
    private final AzureSettings.ObjectSettings settings;
    private final PartThreads threads;
    private final AzureExceptions exceptions;

    AzureBucket(
            BlobContainerClient container,
            AzureSettings.ObjectSettings settings,
            PartThreads threads,
            AzureExceptions exceptions) {
        this.container = container;
        this.settings = settings;
        this.threads = threads;
        this.exceptions = exceptions;
    }

    private BlockBlobClient blob(String key) {
        return container.getBlobClient(key).getBlockBlobClient();
    }

    @Override
    public Optional<StoredObject> head(String key) throws IOException {
        try {
            BlobProperties found =
                    exceptions.reading("look up", key, () -> blob(key).getProperties());
            return directory(found.getMetadata())
                    ? Optional.empty()
                    : Optional.of(new StoredObject(
                            key,
                            found.getBlobSize(),
                            version(found.getETag(), found.getBlobType()),
                            putId(found.getMetadata())));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    @Override
    public Page list(String prefix, boolean deep, Optional<String> token) throws IOException {
        ListBlobsOptions options = new ListBlobsOptions()
                .setPrefix(prefix)
                .setMaxResultsPerPage(settings.sizes().pageObjects())
                .setDetails(new BlobListDetails().setRetrieveMetadata(true));
        return exceptions.reading("list", prefix, () -> {
            Iterator<PagedResponse<BlobItem>> pages = (deep
                            ? container.listBlobs(options, null)
                            : container.listBlobsByHierarchy("/", options, null))
                    .iterableByPage(token.orElse(null))
                    .iterator();
            return page(pages.next());
        });
    }

    private static Page page(PagedResponse<BlobItem> answer) {
        List<StoredObject> objects = new ArrayList<>();
        List<String> prefixes = new ArrayList<>();
        for (BlobItem item : answer.getValue()) {
            if (Boolean.TRUE.equals(item.isPrefix())) {
                prefixes.add(item.getName());
            } else if (!directory(item.getMetadata())) {
                objects.add(new StoredObject(
                        item.getName(),
                        item.getProperties().getContentLength(),
                        version(
                                item.getProperties().getETag(),
                                item.getProperties().getBlobType()),
                        putId(item.getMetadata())));
            }
        }
        return new Page(objects, prefixes, next(answer));
    }

    private static Optional<String> next(PagedResponse<BlobItem> answer) {
        return Optional.ofNullable(answer.getContinuationToken()).filter(token -> !token.isEmpty());
    }

    @Override
    public void read(StoredObject object, long offset, ByteBuffer target) throws IOException {
        List<PartThreads.Part> parts = new ArrayList<>();
        int block = settings.sizes().blockBytes();
        for (int from = target.position(); from < target.limit(); from += Math.min(block, target.limit() - from)) {
            int length = Math.min(block, target.limit() - from);
            ByteBuffer part = target.slice(from, length);
            BlobRange range = new BlobRange(offset + from - target.position(), (long) length);
            parts.add(() -> part.duplicate().put(exceptions.reading("read", object.key(), () -> range(object, range))));
        }
        threads.all(parts);
        target.position(target.limit());
    }

    private byte[] range(StoredObject object, BlobRange range) {
        BlobRequestConditions same = new BlobRequestConditions();
        if (!object.version().endsWith(GROWS)) {
            same.setIfMatch(quoted(object.version()));
        }
        DownloadRetryOptions once = new DownloadRetryOptions().setMaxRetryRequests(0);
        byte[] bytes = blob(object.key())
                .downloadContentWithResponse(once, same, range, false, null, Context.NONE)
                .getValue()
                .toBytes();
        if (bytes.length != range.getCount()) {
            throw new UncheckedIOException(new EOFException(
                    "answer is cut off, expectedBytes=" + range.getCount() + ", bytes=" + bytes.length));
        }
        return bytes;
    }

    @Override
    public StoredObject put(String key, List<ByteBuffer> content, Condition condition, String putId)
            throws IOException {
        long size = content.stream().mapToLong(ByteBuffer::remaining).sum();
        Map<String, String> metadata = Map.of(PUT_ID, putId);
        BlockBlobItem written;
        if (size > settings.sizes().blockBytes()) {
            written = new BlockUpload(blob(key), settings, threads, exceptions)
                    .upload(key, content, metadata, conditions(condition));
        } else {
            BlockBlobSimpleUploadOptions options = new BlockBlobSimpleUploadOptions(
                            BinaryData.fromBytes(Bytes.of(content)))
                    .setMetadata(metadata)
                    .setTier(settings.tier().orElse(null))
                    .setRequestConditions(conditions(condition));
            written = exceptions.changing(
                    "write",
                    key,
                    () -> blob(key)
                            .uploadWithResponse(options, null, Context.NONE)
                            .getValue());
        }
        return new StoredObject(key, size, version(written.getETag()), Optional.of(putId));
    }

    static BlobRequestConditions conditions(Condition condition) {
        return condition instanceof Condition.Version expected
                ? new BlobRequestConditions().setIfMatch(quoted(expected.version()))
                : new BlobRequestConditions().setIfNoneMatch("*");
    }

    @Override
    public void begin(String key) throws IOException {
        AppendBlobCreateOptions options =
                new AppendBlobCreateOptions().setRequestConditions(new BlobRequestConditions().setIfNoneMatch("*"));
        try {
            exceptions.changing("begin", key, () -> appendBlob(key).createWithResponse(options, null, Context.NONE));
        } catch (ConditionFailedException there) {
            // that is what was asked for
        }
    }

    @Override
    public StoredObject append(String key, long position, List<ByteBuffer> content) throws IOException {
        byte[] bytes = Bytes.of(content);
        AppendBlobAppendBlockOptions options = new AppendBlobAppendBlockOptions(BinaryData.fromBytes(bytes))
                .setRequestConditions(new AppendBlobRequestConditions().setAppendPosition(position));
        AppendBlobItem appended = exceptions.changing(
                "append to",
                key,
                () -> appendBlob(key)
                        .appendBlockWithResponse(options, null, Context.NONE)
                        .getValue());
        String version = version(appended.getETag(), BlobType.APPEND_BLOB);
        return new StoredObject(key, position + bytes.length, version, Optional.empty());
    }

    @Override
    public void seal(String key) throws IOException {
        try {
            exceptions.changing(
                    "seal",
                    key,
                    () -> appendBlob(key).sealWithResponse(new AppendBlobSealOptions(), null, Context.NONE));
        } catch (SealedException alreadyOrWhole) {
            // that is what was asked for
        }
    }

    private AppendBlobClient appendBlob(String key) {
        return container.getBlobClient(key).getAppendBlobClient();
    }

    @Override
    public String compared(String version) {
        return version.replace(GROWS, "");
    }

    @Override
    public void delete(List<String> keys) throws IOException {
        threads.all(
                keys.stream().map(key -> (PartThreads.Part) () -> delete(key)).toList());
    }

    private void delete(String key) throws IOException {
        try {
            exceptions.changing(
                    "delete",
                    key,
                    () -> blob(key).deleteWithResponse(DeleteSnapshotsOptionType.INCLUDE, null, null, Context.NONE));
        } catch (NoSuchFileException gone) {
            // that is what was asked for
        }
    }

    /** Where the account has directories, they are seen as objects; they are not ours. */
    private static boolean directory(Map<String, String> metadata) {
        return metadata != null && "true".equals(metadata.get("hdi_isfolder"));
    }

    private static Optional<String> putId(Map<String, String> metadata) {
        return metadata == null ? Optional.empty() : Optional.ofNullable(metadata.get(PUT_ID));
    }

    /** Headers have quotes around it, lists have not. */
    static String version(String etag) {
        return etag.replace("\"", "");
    }

    static String quoted(String version) {
        return '"' + version.replace(GROWS, "") + '"';
    }

    private static String version(String etag, BlobType type) {
        return BlobType.APPEND_BLOB.equals(type) ? version(etag) + GROWS : version(etag);
    }
}
