package org.seawall.shell;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.Collectors;
import org.seawall.spi.filesystem.FileInput;
import org.seawall.spi.serializer.BatchSerializer;
import org.seawall.spi.serializer.FrameRead;
import org.seawall.spi.serializer.SegmentFormat;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code wal:dump} */
@Command(
        name = "wal:dump",
        description = {
            "Prints the header and the batches of a segment file, or of all files of a collection that a recovery",
            "reads. Fails at the first damage."
        },
        footer = {
            "",
            "The file is only read. A segment that is written to may end in zeroes, which are noted, or in a batch",
            "that is being written, which looks like damage.",
            "",
            "Examples:",
            "  wal:dump data/wal/3f0c…/wal_current.avro --entries",
            "  wal:dump s3://bucket/wal/3f0c…/snapshots/vectors_snapshot.avro",
            "  wal:dump digits --url file:/backup/wal --json"
        })
final class DumpCommand implements ShellCommand {
    private static final int FEW_BYTES = 16;
    private static final int BLOCK_BYTES = 1 << 16;

    @Mixin
    private final DumpChoice choice;

    @Option(names = "--entries", description = "Print the entries of each batch, too.")
    private boolean entries;

    @Option(names = "--json", description = "Print an object a line.")
    private boolean json;

    private final List<BatchSerializer> serializers;

    DumpCommand(Logs logs, List<BatchSerializer> serializers, FileSystems fileSystems) {
        this.serializers = serializers;
        this.choice = new DumpChoice(logs, fileSystems);
    }

    @Override
    public void run(Output out) throws IOException, InterruptedException {
        for (String file : choice.files()) {
            dump(file, out);
        }
    }

    private void dump(String file, Output out) throws IOException {
        try (FileInput input = choice.open(file)) {
            BatchSerializer serializer = serializer(input, file);
            SegmentFormat format = serializer.open(input);
            DumpPrinter printer = json ? new DumpJson(out, entries) : new DumpText(out, entries);
            printer.header(input, serializer.format(), format.header());
            dump(input, format, printer, file);
        }
    }

    private void dump(FileInput input, SegmentFormat format, DumpPrinter printer, String file) throws IOException {
        long offset = format.headerBytes().remaining();
        while (offset < input.size()) {
            if (zeroesOnly(input, offset)) {
                printer.zeroes(offset, input.size() - offset);
                break;
            }
            FrameRead read = format.read(input, offset);
            if (read instanceof FrameRead.Damage damage) {
                printer.damage(offset, damage);
                throw new CommandFailedException("damaged: " + damage.fact() + ", expected=" + damage.expected()
                        + ", actual=" + damage.actual() + ", offset=" + offset + ", file=" + file);
            }
            FrameRead.Frame frame = (FrameRead.Frame) read;
            printer.batch(offset, frame);
            offset += frame.length();
        }
        printer.end();
    }

    private BatchSerializer serializer(FileInput input, String file) throws IOException {
        for (BatchSerializer serializer : serializers) {
            if (serializer.recognizes(input)) {
                return serializer;
            }
        }
        String formats =
                serializers.stream().map(BatchSerializer::format).sorted().collect(Collectors.joining(","));
        throw new CommandFailedException("no serializer knows the file, serializers=" + formats + ", file=" + file);
    }

    // a few bytes tell most batches from zeroes, so the file is not read twice
    private static boolean zeroesOnly(FileInput input, long from) throws IOException {
        if (!zeroes(input, from, FEW_BYTES)) {
            return false;
        }
        for (long offset = from; offset < input.size(); offset += BLOCK_BYTES) {
            if (!zeroes(input, offset, BLOCK_BYTES)) {
                return false;
            }
        }
        return true;
    }

    private static boolean zeroes(FileInput input, long offset, int atMost) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(atMost, input.size() - offset));
        input.read(offset, bytes);
        bytes.flip();
        while (bytes.hasRemaining()) {
            if (bytes.get() != 0) {
                return false;
            }
        }
        return true;
    }
}
