package org.seawall.itests.process;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A disk of a few megabytes in memory, which can be filled up. It is gone when it is closed. */
record SmallDisk(Path root) implements AutoCloseable {

    static boolean mayMount() throws IOException {
        Path root = Files.createTempDirectory("mount");
        try (SmallDisk disk = mount(root, 1)) {
            return disk.root.equals(root);
        } catch (IOException | AssertionError e) {
            return false;
        } finally {
            Files.deleteIfExists(root);
        }
    }

    static SmallDisk mount(Path root, int megabytes) throws IOException {
        Files.createDirectories(root);
        Tools.run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", root.toString());
        return new SmallDisk(root);
    }

    long freeBytes() throws IOException {
        return Files.getFileStore(root).getUsableSpace();
    }

    /** Takes all space but so much. */
    void fillUpTo(long freeBytes) throws IOException {
        ByteBuffer block = ByteBuffer.allocate(4096);
        try (FileChannel channel = FileChannel.open(
                filler(), StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            while (freeBytes() >= freeBytes + block.capacity()) {
                channel.write(block.clear());
            }
        }
    }

    /** Gives back what was taken. */
    void makeRoom() throws IOException {
        Files.delete(filler());
    }

    private Path filler() {
        return root.resolve("filler");
    }

    /** Also if a process that has failed its test still has files open there. */
    @Override
    public void close() throws IOException {
        Tools.run("umount", "--lazy", root.toString());
    }
}
