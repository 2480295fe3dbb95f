package org.seawall.testkit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import org.seawall.spi.filesystem.AppendRefusedException;
import org.seawall.spi.filesystem.Capability;
import org.seawall.spi.filesystem.FileInfo;
import org.seawall.spi.filesystem.FileInput;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;

/** File systems that break one rule each about files that grow until they are sealed. */
enum WrongSealing {
    APPENDED_BUFFERS_NOT_CONSUMED("F57", files -> new ForwardingFileSystem(files) {
        @Override
        public FileInfo append(Location file, long position, List<ByteBuffer> content) throws IOException {
            return files.append(
                    file, position, content.stream().map(ByteBuffer::duplicate).toList());
        }
    }),
    APPENDS_AT_THE_END("F58", files -> new ForwardingFileSystem(files) {
        @Override
        public FileInfo append(Location file, long position, List<ByteBuffer> content) throws IOException {
            return files.append(file, files.find(file).map(FileInfo::size).orElse(position), content);
        }
    }),
    COMPARES_THE_POSITION_TOO_EARLY("F59", files -> new ForwardingFileSystem(files) {
        private final Window window = new Window();

        @Override
        public FileInfo append(Location file, long position, List<ByteBuffer> content) throws IOException {
            boolean raced = file.name().equals("file") && file.parent().name().equals("race");
            if (!raced || files.find(file).map(FileInfo::size).orElse(0L) != position) {
                return files.append(file, position, content);
            }
            window.pass();
            synchronized (this) {
                return files.append(file, files.find(file).map(FileInfo::size).orElse(0L), content);
            }
        }
    }),
    SEAL_IS_A_WORD("F60", files -> new ForwardingFileSystem(files) {
        @Override
        public FileInfo seal(Location file) throws IOException {
            return files.find(file).orElseThrow(() -> new NoSuchFileException(file.toString()));
        }
    }),
    SEAL_LOOKS_AND_THEN_SEALS("F61", files -> new ForwardingFileSystem(files) {
        /** So slow that its caller is not done with all of them before the other comes to seal. */
        @Override
        public FileInfo append(Location file, long position, List<ByteBuffer> content) throws IOException {
            LockSupport.parkNanos(200_000);
            return files.append(file, position, content);
        }

        @Override
        public FileInfo seal(Location file) throws IOException {
            FileInfo before = files.find(file).orElseThrow(() -> new NoSuchFileException(file.toString()));
            LockSupport.parkNanos(2_000_000);
            files.seal(file);
            return before;
        }
    }),
    WHAT_IS_WHOLE_GROWS("F62", files -> new ForwardingFileSystem(files) {
        @Override
        public FileInfo create(Location file, List<ByteBuffer> content) throws IOException {
            return files.find(file).isPresent() ? files.create(file, content) : files.append(file, 0, content);
        }
    }),
    AN_OPEN_FILE_IS_OF_ONE_VERSION("F63", files -> new ForwardingFileSystem(files) {
        @Override
        public FileInput open(Location file) throws IOException {
            FileInput input = files.open(file);
            String version = files.find(file).map(FileInfo::version).orElseThrow();
            return new WrongFileSystem.Input(input) {
                @Override
                public void read(long offset, ByteBuffer target) throws IOException {
                    if (!files.find(file).map(FileInfo::version).orElse("").equals(version)) {
                        throw new IOException("file was replaced while it was open, file=" + file);
                    }
                    input.read(offset, target);
                }
            };
        }
    }),
    APPENDS_WITHOUT_A_FORCE("F64", files -> new ForwardingFileSystem(files) {
        @Override
        public FileInfo append(Location file, long position, List<ByteBuffer> content) throws IOException {
            if (!file.name().equals("file") || !file.parent().name().equals("new")) {
                return files.append(file, position, content);
            }
            if (files.find(file).map(FileInfo::size).orElse(0L) != position) {
                throw new AppendRefusedException(file, "is of another length");
            }
            try (var grown = position == 0 ? files.createAppendable(file) : files.openAppendable(file, position)) {
                grown.write(content.toArray(ByteBuffer[]::new));
                grown.truncate(grown.position());
            }
            return files.find(file).orElseThrow();
        }
    }),
    SEALS_WITHOUT_CLAIMING_IT("F65", files -> WrongFileSystem.claiming(files, Capability.SEAL));

    final String rule;
    final UnaryOperator<FileSystem> over;

    WrongSealing(String rule, UnaryOperator<FileSystem> over) {
        this.rule = rule;
        this.over = over;
    }
}
