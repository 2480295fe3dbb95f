package org.seawall.spi.serializer;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * A batch ready to be written.
 *
 * @param bytes what to write, one buffer behind the other
 * @param length how many bytes that are
 * @param checksum the batch's CRC-32C, for the chain
 */
public record FrameBytes(List<ByteBuffer> bytes, long length, int checksum) {}
