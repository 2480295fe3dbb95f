package org.seawall.filesystem.s3;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.zip.CRC32C;
import software.amazon.awssdk.core.sync.RequestBody;

/**
 * Bytes that go up in one request, with their checksum, which the store compares.
 *
 * @param buffers one behind the other; not consumed
 */
record Payload(List<ByteBuffer> buffers) {

    long size() {
        return buffers.stream().mapToLong(ByteBuffer::remaining).sum();
    }

    RequestBody body() {
        return RequestBody.fromContentProvider(() -> new BufferStream(buffers), size(), "application/octet-stream");
    }

    String crc32c() {
        CRC32C crc = new CRC32C();
        buffers.forEach(buffer -> crc.update(buffer.duplicate()));
        return Base64.getEncoder()
                .encodeToString(
                        ByteBuffer.allocate(4).putInt(0, (int) crc.getValue()).array());
    }

    /** The bytes from an offset on, without a copy. */
    Payload part(long offset, long length) {
        List<ByteBuffer> part = new ArrayList<>();
        long begin = 0;
        for (ByteBuffer buffer : buffers) {
            long from = Math.max(offset, begin);
            long to = Math.min(offset + length, begin + buffer.remaining());
            if (from < to) {
                part.add(buffer.slice(buffer.position() + (int) (from - begin), (int) (to - from)));
            }
            begin += buffer.remaining();
        }
        return new Payload(part);
    }
}
