package org.seawall.viper.exchange;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.RowGroup;
import org.seawall.Entry;
import org.seawall.catalog.CollectionSpec;
import org.seawall.files.EntryInput;
import org.seawall.files.MalformedFileException;
import org.seawall.files.MalformedFileException.Place;

/** The rows of a Parquet file. In memory are its footer, and of each column that is read a page and its dictionary. */
final class ParquetInput implements EntryInput {
    private final Path file;
    private final FileChannel channel;
    private final Decompressor decompressor = new Decompressor();
    private final long size;
    private final int dimension;
    private final Footer footer;
    private final Layout layout;
    private Optional<Rows> rows = Optional.empty();
    private Optional<MalformedFileException> failure = Optional.empty();
    private int group;
    private long leftInGroup;
    private long row;
    private long before;

    /**
     * Opens a file and looks at its columns.
     *
     * @throws MalformedFileException if entries cannot be made of it
     * @throws IOException if it cannot be read
     */
    ParquetInput(Path file, CollectionSpec spec) throws IOException {
        this.file = file;
        this.dimension = spec.dimension();
        this.channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            this.size = channel.size();
            this.footer = Footer.read(channel);
            this.layout = Layout.of(footer.fields(), dimension > 0);
        } catch (RuntimeException e) {
            // whatever bytes make of the code that reads them
            close();
            throw caused(new MalformedFileException(fact(e), file), e);
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    /** The columns of which nothing is read. */
    List<Field> unread() {
        return layout.unread();
    }

    @Override
    public Optional<Entry> next() throws IOException {
        if (failure.isPresent()) {
            throw failure.get();
        }
        try {
            if (!atRow()) {
                return Optional.empty();
            }
            Entry entry = rows.orElseThrow().next(row);
            row++;
            leftInGroup--;
            return Optional.of(entry);
        } catch (RuntimeException e) {
            // whatever bytes make of the code that reads them
            MalformedFileException malformed = malformed(e);
            failure = Optional.of(malformed);
            throw malformed;
        }
    }

    /** Goes on to the next row group with a row, if the one before is read. */
    private boolean atRow() throws IOException {
        while (leftInGroup == 0) {
            if (rows.isPresent()) {
                rows.get().end();
                leave();
            }
            if (group == footer.groups().size()) {
                return false;
            }
            leftInGroup = footer.groups().get(group).getNum_rows();
            if (leftInGroup == 0) {
                leave();
            } else {
                rows = Optional.of(
                        new Rows(layout, dimension, cursors(footer.groups().get(group))));
            }
        }
        return true;
    }

    private void leave() {
        rows = Optional.empty();
        leftInGroup = 0;
        before = Math.min(size, before + bytes(footer.groups().get(group)));
        group++;
    }

    private static long bytes(RowGroup group) {
        return group.getColumns().stream()
                .filter(ColumnChunk::isSetMeta_data)
                .mapToLong(chunk -> chunk.getMeta_data().getTotal_compressed_size())
                .sum();
    }

    private Map<Leaf, ColumnCursor> cursors(RowGroup rowGroup) {
        Map<Leaf, ColumnCursor> cursors = new LinkedHashMap<>();
        for (Leaf leaf : layout.leaves()) {
            ColumnChunk chunk = rowGroup.getColumns().get(leaf.index());
            if (chunk.isSetCrypto_metadata() || !chunk.isSetMeta_data()) {
                throw new IllegalArgumentException("encrypted column, expected one that is not, column=" + leaf.path());
            }
            ChunkPages pages = new ChunkPages(channel, chunk.getMeta_data(), leaf, footer.sealed(), decompressor);
            cursors.put(leaf, new ColumnCursor(leaf, pages));
        }
        return cursors;
    }

    private MalformedFileException malformed(RuntimeException e) {
        Optional<ColumnCursor> column = rows.flatMap(Rows::reading);
        String where =
                column.map(cursor -> ", column=" + cursor.column().path()).orElse("");
        long offset = column.map(ColumnCursor::offset).orElse(position());
        return caused(new MalformedFileException(fact(e) + where, new Place(row, offset), file), e);
    }

    private static String fact(RuntimeException e) {
        return e instanceof IllegalArgumentException && e.getMessage() != null
                ? e.getMessage()
                : "bytes that are not what was written, found=" + e;
    }

    private static MalformedFileException caused(MalformedFileException malformed, Exception cause) {
        malformed.initCause(cause);
        return malformed;
    }

    @Override
    public long rows() {
        return row;
    }

    @Override
    public long position() {
        if (rows.isEmpty() && group == footer.groups().size()) {
            return size;
        }
        return Math.min(size, before + rows.map(Rows::consumed).orElse(0L));
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public void skipThrough(Entry newest) throws IOException {
        if (newest.id().isEmpty()) {
            throw new MalformedFileException("newest entry has no id to go on from", file);
        }
        if (layout.id().isEmpty()) {
            skipTo(rowNumber(newest.id()));
            Optional<Entry> there = next();
            if (there.isEmpty() || !isRow(newest, there.get())) {
                throw new MalformedFileException("newest entry is not from this file, id=" + newest.id(), file);
            }
            return;
        }
        Optional<Entry> entry = next();
        while (entry.isPresent() && !isRow(newest, entry.get())) {
            entry = next();
        }
        if (entry.isEmpty()) {
            throw new MalformedFileException("newest entry is no row of the file, id=" + newest.id(), file);
        }
    }

    private long rowNumber(String id) throws MalformedFileException {
        if (!id.matches("0|[1-9][0-9]{0,17}")) {
            throw new MalformedFileException("newest entry's id is not the number of a row, id=" + id, file);
        }
        return Long.parseLong(id);
    }

    /** Whole row groups are not looked at. */
    private void skipTo(long number) throws IOException {
        while (rows.isEmpty()
                && group < footer.groups().size()
                && footer.groups().get(group).getNum_rows() <= number - row) {
            row += footer.groups().get(group).getNum_rows();
            leave();
        }
        while (row < number && next().isPresent()) {
            // read only to be behind it
        }
    }

    // the log sets what the row leaves open, so times are not compared
    private static boolean isRow(Entry logged, Entry read) {
        return logged.id().equals(read.id())
                && logged.operation() == read.operation()
                && Arrays.equals(logged.vector(), read.vector())
                && Arrays.equals(logged.payload(), read.payload())
                && logged.metadata().equals(read.metadata());
    }

    @Override
    public void close() throws IOException {
        decompressor.close();
        channel.close();
    }
}
