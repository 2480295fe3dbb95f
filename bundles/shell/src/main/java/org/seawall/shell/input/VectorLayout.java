package org.seawall.shell.input;

import java.io.IOException;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * Where the rows of a file of vectors are.
 *
 * @param begin offset of the first row
 * @param dimension components of a row
 * @param counted whether each row begins with its dimension, as in {@code .fvecs}
 * @param doubles whether a component is a double and not a float
 * @param rows how many rows the file says it has, if it says so
 */
record VectorLayout(long begin, int dimension, boolean counted, boolean doubles, OptionalLong rows) {

    static VectorLayout of(ByteSource source, int dimension) throws IOException {
        String name = source.file().getFileName().toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".npy")
                ? Npy.layout(source, dimension)
                : new VectorLayout(0, dimension, true, false, OptionalLong.empty());
    }

    int rowBytes() {
        return (counted ? Integer.BYTES : 0) + dimension * (doubles ? Double.BYTES : Float.BYTES);
    }
}
