package org.seawall.shell;

import org.seawall.spi.filesystem.FileInput;
import org.seawall.spi.serializer.FrameRead;
import org.seawall.spi.serializer.SegmentHeader;

/** Prints what is found in a segment file, in the order of its bytes. */
interface DumpPrinter {
    void header(FileInput input, String format, SegmentHeader header);

    void batch(long offset, FrameRead.Frame frame);

    void zeroes(long offset, long length);

    void damage(long offset, FrameRead.Damage damage);

    void end();
}
