package org.seawall.serializer.protobuf;

import org.seawall.serializer.common.FormatVersion;
import org.seawall.serializer.common.FrameReader.Claim;
import org.seawall.serializer.common.FrameReader.Coding;
import org.seawall.serializer.common.MalformedException;
import org.seawall.spi.serializer.FrameRead;

/** A batch is a field of a {@code Segment}. */
enum ProtobufCoding implements Coding {
    V1(FormatVersion.V1),
    V2(FormatVersion.V2);

    private final FormatVersion version;

    ProtobufCoding(FormatVersion version) {
        this.version = version;
    }

    static ProtobufCoding of(FormatVersion version) {
        return version == FormatVersion.V1 ? V1 : V2;
    }

    @Override
    public Claim claim(byte[] window) {
        ProtobufInput prefix = new ProtobufInput(window, 0, window.length);
        if (!prefix.readIf(Tags.Segment.BATCH)) {
            String there = window.length == 0 ? "no byte" : "byte " + (window[0] & 0xff);
            throw new MalformedException("not a batch", "byte " + Tags.Segment.BATCH, there);
        }
        long size = prefix.readVarint();
        if (size < BatchDecoder.CHECKSUM_BYTES) {
            throw new MalformedException(
                    "not a batch", BatchDecoder.CHECKSUM_BYTES + " bytes or more", size + " bytes");
        }
        return new Claim(prefix.position(), size);
    }

    @Override
    public FrameRead.Frame decode(byte[] bytes, int from, int to, long frameBytes) {
        return new BatchDecoder(bytes, from, to).decode(frameBytes, version);
    }
}
