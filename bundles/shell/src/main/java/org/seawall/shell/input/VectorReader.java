package org.seawall.shell.input;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.seawall.Entry;
import org.seawall.files.EntryInput;
import org.seawall.files.MalformedFileException;
import org.seawall.files.MalformedFileException.Place;

/** Vectors of an {@code .fvecs} or {@code .npy} file. The id of a row is its number, from 0. */
public final class VectorReader implements EntryInput {
    private final ByteSource source;
    private final VectorLayout layout;
    private long row;

    /**
     * Opens a file.
     *
     * @param file ends in .npy, or is read as .fvecs
     * @param dimension that all rows are to have
     */
    public VectorReader(Path file, int dimension) throws IOException {
        source = new ByteSource(file);
        try {
            layout = VectorLayout.of(source, dimension);
        } catch (IOException e) {
            source.close();
            throw e;
        }
    }

    @Override
    public Optional<Entry> next() throws IOException {
        if (atEnd()) {
            return Optional.empty();
        }
        Place place = new Place(row, source.position());
        checkDimension(place);
        if (source.remaining() < layout.rowBytes()) {
            throw malformed(
                    "file ends within a row, expected=" + layout.rowBytes() + " bytes, actual=" + source.remaining(),
                    place);
        }
        float[] vector = vector(place);
        try {
            Entry entry = Entry.vector(Long.toString(row), vector);
            row++;
            return Optional.of(entry);
        } catch (IllegalArgumentException e) {
            throw (MalformedFileException) malformed(e.getMessage(), place).initCause(e);
        }
    }

    @Override
    public long rows() {
        return row;
    }

    @Override
    public long position() {
        return Math.min(source.size(), layout.begin() + row * layout.rowBytes());
    }

    @Override
    public long size() {
        return source.size();
    }

    @Override
    public void skipThrough(Entry newest) throws IOException {
        long number = rowNumber(newest.id());
        long offset = layout.begin() + number * layout.rowBytes();
        if (offset + layout.rowBytes() > source.size()) {
            throw new MalformedFileException(
                    "newest entry is of a row behind the end, id=" + newest.id(), source.file());
        }
        row = number;
        source.seek(offset);
        float[] there = next().orElseThrow(() -> new MalformedFileException(
                        "newest entry is of a row behind the end, id=" + newest.id(), source.file()))
                .vector();
        if (!Arrays.equals(there, newest.vector())) {
            throw malformed("newest entry is not from this file: its vector differs", new Place(number, offset));
        }
    }

    @Override
    public void close() throws IOException {
        source.close();
    }

    private boolean atEnd() throws IOException {
        if (layout.rows().isPresent() && row == layout.rows().getAsLong()) {
            if (source.remaining() > 0) {
                throw malformed(
                        "bytes behind the last row, bytes=" + source.remaining(), new Place(row, source.position()));
            }
            return true;
        }
        return layout.rows().isEmpty() && source.remaining() == 0;
    }

    private void checkDimension(Place place) throws IOException {
        if (!layout.counted()) {
            return;
        }
        if (source.remaining() < Integer.BYTES) {
            throw malformed("file ends within a row, expected=4 bytes, actual=" + source.remaining(), place);
        }
        ByteBuffer bytes = source.ahead(Integer.BYTES);
        int dimension = bytes.getInt(bytes.position());
        if (dimension != layout.dimension()) {
            throw malformed("foreign dimension, expected=" + layout.dimension() + ", actual=" + dimension, place);
        }
    }

    private float[] vector(Place place) throws IOException {
        ByteBuffer bytes = source.ahead(layout.rowBytes());
        int begin = bytes.position() + (layout.counted() ? Integer.BYTES : 0);
        int end = bytes.position() + layout.rowBytes();
        float[] vector = new float[layout.dimension()];
        if (layout.doubles()) {
            for (int i = 0; i < vector.length; i++) {
                vector[i] = single(bytes.getDouble(begin + i * Double.BYTES), i, place);
            }
        } else {
            bytes.position(begin).slice().order(bytes.order()).asFloatBuffer().get(vector);
        }
        bytes.position(end);
        return vector;
    }

    private float single(double value, int index, Place place) throws MalformedFileException {
        float single = (float) value;
        if (Float.isInfinite(single) && !Double.isInfinite(value)) {
            throw malformed(
                    "component does not fit a float, value=" + value + ", limit=" + Float.MAX_VALUE + ", index="
                            + index,
                    place);
        }
        return single;
    }

    private long rowNumber(String id) throws MalformedFileException {
        if (!id.matches("0|[1-9][0-9]{0,11}")) {
            throw new MalformedFileException("newest entry's id is not the number of a row, id=" + id, source.file());
        }
        return Long.parseLong(id);
    }

    private MalformedFileException malformed(String fact, Place place) {
        return new MalformedFileException(fact, place, source.file());
    }
}
