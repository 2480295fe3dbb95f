package org.seawall.filesystem.local;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;

/** A real channel that notes and fails as its {@link TestDisk} says, with room for so many bytes only. */
final class TestChannel extends FileChannel {

    private final TestDisk disk;
    private final Path path;
    private final FileChannel channel;

    TestChannel(TestDisk disk, Path path, FileChannel channel) {
        this.disk = disk;
        this.path = path;
        this.channel = channel;
    }

    @Override
    public int write(ByteBuffer source, long position) throws IOException {
        disk.call("writeAt", path);
        int room = room(source.remaining(), position);
        int limit = source.limit();
        source.limit(source.position() + room);
        int written = writeAt(source, position);
        source.limit(limit);
        disk.rewritten += written;
        return written;
    }

    @Override
    public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
        disk.call("write", path);
        ByteBuffer source = sources[offset];
        int limit = source.limit();
        source.limit(source.position() + room(source.remaining(), channel.position()));
        long written = channel.write(source);
        source.limit(limit);
        return written;
    }

    /** An interrupt closes the real channel, and so this one. */
    private int writeAt(ByteBuffer source, long position) throws IOException {
        try {
            return channel.write(source, position);
        } finally {
            if (!channel.isOpen()) {
                close();
            }
        }
    }

    private int room(int wanted, long position) throws IOException {
        long room = Math.min(Math.min(wanted, disk.capacity - position), disk.maxBytesPerWrite);
        if (room <= 0 && wanted > 0) {
            throw new IOException("No space left on device");
        }
        return (int) room;
    }

    @Override
    public void force(boolean metaData) throws IOException {
        disk.call("force", path);
        channel.force(metaData);
    }

    @Override
    public FileChannel truncate(long size) throws IOException {
        disk.call("truncate", path);
        channel.truncate(size);
        return this;
    }

    @Override
    public FileChannel position(long position) throws IOException {
        channel.position(position);
        return this;
    }

    @Override
    public long position() throws IOException {
        return channel.position();
    }

    @Override
    public long size() throws IOException {
        return channel.size();
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        return channel.read(target);
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
        return channel.read(target, position);
    }

    @Override
    public long read(ByteBuffer[] targets, int offset, int length) throws IOException {
        return channel.read(targets, offset, length);
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        return (int) write(new ByteBuffer[] {source}, 0, 1);
    }

    @Override
    public long transferTo(long position, long count, WritableByteChannel target) throws IOException {
        return channel.transferTo(position, count, target);
    }

    @Override
    public long transferFrom(ReadableByteChannel source, long position, long count) throws IOException {
        return channel.transferFrom(source, position, count);
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long position, long size) throws IOException {
        return channel.map(mode, position, size);
    }

    @Override
    public FileLock lock(long position, long size, boolean shared) throws IOException {
        return channel.lock(position, size, shared);
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) throws IOException {
        return channel.tryLock(position, size, shared);
    }

    @Override
    protected void implCloseChannel() throws IOException {
        channel.close();
    }
}
