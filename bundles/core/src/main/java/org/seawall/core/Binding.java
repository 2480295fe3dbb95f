package org.seawall.core;

import java.util.List;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.serializer.BatchSerializer;
import org.seawall.spi.strategy.WriteStrategy;

/**
 * The services that a log works with. Two bindings are equal if they are made of the same services.
 *
 * @param files file system of the collections
 * @param catalogFiles file system of the catalog
 * @param strategy writes the collections
 * @param catalogStrategy writes the catalog
 * @param serializer format of new segments
 * @param readers all formats that can be read
 */
record Binding(
        FileSystem files,
        FileSystem catalogFiles,
        WriteStrategy strategy,
        WriteStrategy catalogStrategy,
        BatchSerializer serializer,
        List<BatchSerializer> readers) {}
