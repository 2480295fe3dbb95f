package org.seawall.filesystem.s3;

import java.io.IOException;
import java.nio.ByteBuffer;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * Fills a buffer with a range of an object. What the store sends is checked to be that range.
 *
 * @param object for messages
 * @param offset where the range begins
 * @param target what to fill
 */
record RangeBody(String object, long offset, ByteBuffer target)
        implements ResponseTransformer<GetObjectResponse, ByteBuffer> {

    @Override
    public ByteBuffer transform(GetObjectResponse response, AbortableInputStream body) throws IOException {
        int wanted = target.remaining();
        String begin = "bytes " + offset + "-" + (offset + wanted - 1) + "/";
        boolean whole = offset == 0 && response.contentLength() == wanted && response.contentRange() == null;
        if (!whole
                && (response.contentRange() == null || !response.contentRange().startsWith(begin))) {
            body.abort();
            throw new WrongRangeException("store sends another range than was asked for, expected=" + begin
                    + ", actual=" + response.contentRange() + ", object=" + object);
        }
        byte[] piece = new byte[Math.min(wanted, 1 << 16)];
        while (target.hasRemaining()) {
            int read = body.read(piece, 0, Math.min(piece.length, target.remaining()));
            if (read < 0) {
                throw new IOException("body was cut, left=" + target.remaining() + ", object=" + object);
            }
            target.put(piece, 0, read);
        }
        return target;
    }
}
