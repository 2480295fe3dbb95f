package org.seawall.viper.exchange;

/** A component of a vector, which is a float, from whatever number the file has. */
final class Component {
    private Component() {}

    /**
     * @throws RuntimeException if there is none, or it does not fit a float
     */
    static float next(Values values, Leaf column) {
        return switch (column.type()) {
            case FLOAT -> Float.intBitsToFloat((int) values.bits());
            case DOUBLE -> single(Double.longBitsToDouble(values.bits()));
            case INT32, INT64 -> single(values.bits(), column);
            default -> Scalar.half(values.bytes());
        };
    }

    private static float single(double value) {
        float single = (float) value;
        if (Float.isInfinite(single) && !Double.isInfinite(value)) {
            throw new IllegalArgumentException(
                    "component does not fit a float, value=" + value + ", limit=" + Float.MAX_VALUE);
        }
        return single;
    }

    private static float single(long bits, Leaf column) {
        boolean unsigned = Annotation.of(column.element()).meaning() == Annotation.Meaning.UNSIGNED;
        long value = unsigned && column.width() == Integer.BYTES ? bits & 0xffff_ffffL : bits;
        if ((long) (float) value != value || unsigned && value < 0) {
            throw new IllegalArgumentException("component does not fit a float, value=" + value);
        }
        return value;
    }
}
