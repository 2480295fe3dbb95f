package org.seawall.filesystem.common;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import org.seawall.spi.filesystem.FileInput;
import org.seawall.spi.filesystem.Location;

/** Reads ranges of one version of an object; of another one never a byte. */
final class ObjectInput implements FileInput {

    private final Location location;
    private final Bucket bucket;
    private final StoredObject object;
    private final StoreCalls calls;
    private volatile boolean closed;

    ObjectInput(Location location, Bucket bucket, StoredObject object, StoreCalls calls) {
        this.location = location;
        this.bucket = bucket;
        this.object = object;
        this.calls = calls;
    }

    @Override
    public Location location() {
        return location;
    }

    @Override
    public long size() {
        return object.size();
    }

    @Override
    public void read(long offset, ByteBuffer target) throws IOException {
        if (closed) {
            throw new IOException("file is closed, file=" + location);
        }
        int wanted = target.remaining();
        if (offset < 0 || wanted > 0 && offset > object.size() - wanted) {
            throw new EOFException("file ends too early, wanted=" + wanted + ", offset=" + offset + ", size="
                    + object.size() + ", file=" + location);
        }
        if (wanted > 0) {
            filled(offset, target);
            target.position(target.limit());
        }
    }

    private void filled(long offset, ByteBuffer target) throws IOException {
        try {
            calls.read(() -> {
                bucket.read(object, offset, target.duplicate());
                return object;
            });
        } catch (ConditionFailedException e) {
            throw new IOException(
                    "file was replaced since it was looked up, version=" + object.version() + ", file=" + location, e);
        } catch (NoSuchFileException e) {
            NoSuchFileException gone =
                    new NoSuchFileException(location.toString(), null, "was deleted since it was looked up");
            gone.initCause(e);
            throw gone;
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
