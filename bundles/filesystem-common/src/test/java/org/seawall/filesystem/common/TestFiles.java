package org.seawall.filesystem.common;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.seawall.spi.filesystem.FileInput;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;

/** A file system over one bucket in memory, whatever the bucket's name. */
public record TestFiles(ObjectFileSystem files, Confined threads, StillPace pace) implements AutoCloseable {

    public static TestFiles over(Bucket bucket) {
        return over(bucket, RetrySettings.DEFAULT, true);
    }

    public static TestFiles over(Bucket bucket, RetrySettings settings, boolean probes) {
        StillPace pace = new StillPace(1);
        Confined threads =
                new Confined("seawall-filesystem-test", 16, Duration.ofSeconds(1), TestFiles.class.getClassLoader());
        StoreCalls calls = new StoreCalls(threads, new Retries(settings, pace));
        return new TestFiles(new ObjectFileSystem(name -> bucket, calls, probes), threads, pace);
    }

    public static Location at(String path) {
        return Location.parse("test://bucket/" + path);
    }

    public static List<ByteBuffer> bytes(String text) {
        return List.of(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    public static String text(FileSystem files, Location file) throws IOException {
        try (FileInput input = files.open(file)) {
            ByteBuffer content = ByteBuffer.allocate(Math.toIntExact(input.size()));
            input.read(0, content);
            return new String(content.array(), StandardCharsets.UTF_8);
        }
    }

    @Override
    public void close() {
        threads.close();
    }
}
