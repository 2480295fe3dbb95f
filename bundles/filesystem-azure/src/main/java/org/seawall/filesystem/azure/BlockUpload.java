package org.seawall.filesystem.azure;

import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import com.azure.storage.blob.models.BlobRequestConditions;
import com.azure.storage.blob.models.BlockBlobItem;
import com.azure.storage.blob.options.BlockBlobCommitBlockListOptions;
import com.azure.storage.blob.specialized.BlockBlobClient;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A large object that goes up in blocks. They are staged at once and seen by nobody; the commit of their list is the write, and
 * has the condition. Names of blocks are drawn anew for each upload: those of two writers at one key are not mixed up, and whoever
 * commits first drops the other's.
 */
final class BlockUpload {

    /** Azure's limit. */
    private static final int MOST_BLOCKS = 50_000;

    private final BlockBlobClient blob;
    private final AzureSettings.ObjectSettings settings;
    private final PartThreads threads;
    private final AzureExceptions exceptions;
    private final String upload = UUID.randomUUID().toString();

    BlockUpload(
            BlockBlobClient blob,
            AzureSettings.ObjectSettings settings,
            PartThreads threads,
            AzureExceptions exceptions) {
        this.blob = blob;
        this.settings = settings;
        this.threads = threads;
        this.exceptions = exceptions;
    }

    BlockBlobItem upload(
            String key, List<ByteBuffer> content, Map<String, String> metadata, BlobRequestConditions conditions)
            throws IOException {
        List<String> names = stage(key, content);
        BlockBlobCommitBlockListOptions options = new BlockBlobCommitBlockListOptions(names)
                .setMetadata(metadata)
                .setTier(settings.tier().orElse(null))
                .setRequestConditions(conditions);
        return exceptions.changing(
                "write",
                key,
                () -> blob.commitBlockListWithResponse(options, null, Context.NONE)
                        .getValue());
    }

    private List<String> stage(String key, List<ByteBuffer> content) throws IOException {
        long size = content.stream().mapToLong(ByteBuffer::remaining).sum();
        long blocks =
                (size + settings.sizes().blockBytes() - 1) / settings.sizes().blockBytes();
        if (blocks > MOST_BLOCKS) {
            throw new IOException("object is too large for its blocks, bytes=" + size + ", blockBytes="
                    + settings.sizes().blockBytes() + ", mostBlocks=" + MOST_BLOCKS + ", object=" + key);
        }
        List<String> names = new ArrayList<>();
        List<PartThreads.Part> parts = new ArrayList<>();
        for (int i = 0; i < blocks; i++) {
            long from = (long) i * settings.sizes().blockBytes();
            int length = (int) Math.min(settings.sizes().blockBytes(), size - from);
            String name = name(i);
            names.add(name);
            parts.add(() -> exceptions.reading("write a block of", key, () -> {
                blob.stageBlock(name, BinaryData.fromBytes(Bytes.of(content, from, length)));
                return name;
            }));
        }
        threads.all(parts);
        return names;
    }

    private String name(int number) {
        String name = upload + "-" + String.format("%05d", number);
        return Base64.getEncoder().encodeToString(name.getBytes(StandardCharsets.US_ASCII));
    }
}
