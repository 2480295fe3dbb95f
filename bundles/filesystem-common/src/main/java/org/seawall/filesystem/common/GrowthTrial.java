package org.seawall.filesystem.common;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.seawall.spi.filesystem.AppendRefusedException;

/**
 * Tries what the laws need of objects that grow: an append goes to the position that it names and nowhere else, and not to what
 * was sealed. Some ten requests.
 */
final class GrowthTrial implements ConformanceProbe.Trial {

    private static final String WHERE = ", set strategy=object for the log, or appendBlobs=false";

    private final StoreCalls calls;

    GrowthTrial(StoreCalls calls) {
        this.calls = calls;
    }

    @Override
    public void of(Target probe) throws IOException {
        GrowingBucket bucket = GrowingFileSystem.growing(probe.bucket(), probe.location());
        begin(bucket, probe);
        append(bucket, probe, 0);
        refused(bucket, probe, 0, "append at this position");
        append(bucket, probe, 4);
        calls.retries().repeat(() -> {
            bucket.seal(probe.key());
            return probe;
        });
        refused(bucket, probe, 8, "append to what is not sealed");
        StoredObject found = calls.retries()
                .repeat(() -> bucket.head(probe.key()))
                .orElseThrow(() -> new StoreRefusedException("what was appended is not there" + WHERE, probe));
        if (found.size() != 8) {
            throw new StoreRefusedException(
                    "what was appended is of another length, size=" + found.size() + WHERE, probe);
        }
    }

    private void begin(GrowingBucket bucket, Target probe) throws IOException {
        calls.retries().repeat(() -> {
            bucket.begin(probe.key());
            return probe;
        });
    }

    private StoredObject append(GrowingBucket bucket, Target probe, long position) throws IOException {
        return new Addition(probe, bucket, calls.retries().begin(), position)
                .append(List.of(ByteBuffer.wrap("text".getBytes(StandardCharsets.US_ASCII))));
    }

    private void refused(GrowingBucket bucket, Target probe, long position, String condition) throws IOException {
        try {
            new Addition(probe, bucket, calls.retries().begin(), position)
                    .append(List.of(ByteBuffer.wrap("else".getBytes(StandardCharsets.US_ASCII))));
        } catch (AppendRefusedException asItShould) {
            return;
        }
        throw new StoreRefusedException(
                "the store ignores the condition of an append, condition=" + condition + WHERE, probe);
    }
}
