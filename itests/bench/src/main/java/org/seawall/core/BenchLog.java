package org.seawall.core;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Map;
import org.seawall.WriteAheadLog;
import org.seawall.filesystem.local.LocalFileSystem;
import org.seawall.serializer.avro.AvroSerializer;
import org.seawall.serializer.protobuf.ProtobufSerializer;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.serializer.BatchSerializer;
import org.seawall.strategy.append.AppendStrategy;
import org.seawall.strategy.object.ObjectStrategy;

/** A whole log on a local directory, as a container wires it with its default configuration. */
public final class BenchLog implements AutoCloseable {
    private static final int MAX_BATCH_BYTES = 32 << 20;
    private static final long RESERVE_BYTES = 8 << 20;

    private final OpenLog log;

    private BenchLog(OpenLog log) {
        this.log = log;
    }

    /** The local file system with its default configuration. */
    public static FileSystem files() {
        return new LocalFileSystem(RESERVE_BYTES);
    }

    /** The avro serializer with its default configuration. */
    public static BatchSerializer avro() {
        return new AvroSerializer(MAX_BATCH_BYTES);
    }

    /** The protobuf serializer with its default configuration. */
    public static BatchSerializer protobuf() {
        return new ProtobufSerializer(MAX_BATCH_BYTES);
    }

    /** Opens a log with the avro serializer and the append strategy. */
    public static BenchLog open(Path directory, FileSystem files) throws IOException {
        return open(directory, files, avro());
    }

    /** Opens a log that writes with a serializer. */
    public static BenchLog open(Path directory, FileSystem files, BatchSerializer serializer) throws IOException {
        Binding binding = Binding.ofOne(files, new AppendStrategy(), new ObjectStrategy(), serializer);
        return new BenchLog(OpenLog.open(settings(directory, serializer.format()), binding));
    }

    /** The log. */
    public WriteAheadLog log() {
        return log;
    }

    @Override
    public void close() {
        log.close();
    }

    /** The defaults of the configuration, whatever attributes it has, but no snapshots while something else is measured. */
    private static LogSettings settings(Path directory, String serializer) {
        Map<String, Object> set =
                Map.of("wal_url", directory.toString(), "serializer", serializer, "snapshotBytes", 0L);
        Object configuration = Proxy.newProxyInstance(
                BenchLog.class.getClassLoader(),
                new Class<?>[] {LogConfiguration.class},
                (proxy, method, arguments) -> set.getOrDefault(method.getName(), method.getDefaultValue()));
        return LogSettings.of("bench", (LogConfiguration) configuration);
    }
}
