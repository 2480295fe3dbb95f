package org.seawall.viper.exchange;

import java.time.temporal.ChronoUnit;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.DecimalType;
import org.apache.parquet.format.IntType;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.TimeUnit;

/**
 * What the values of a column mean, whether the file says so in the old way or the new one.
 *
 * @param meaning what they are
 * @param unit of a time, else days
 * @param utc whether a timestamp is a moment, and not what some clock showed
 * @param scale of a decimal
 */
record Annotation(Meaning meaning, ChronoUnit unit, boolean utc, int scale) {
    /** More digits nobody needs, and the text of a number with a scale of thousand millions would fill the memory. */
    private static final int MAX_DIGITS = 1000;

    /** What values are. */
    enum Meaning {
        NONE,
        TEXT,
        UNSIGNED,
        DECIMAL,
        DATE,
        TIME,
        TIMESTAMP,
        UUID,
        HALF,
        FOREIGN
    }

    static Annotation of(SchemaElement element) {
        if (element.isSetLogicalType() && element.getLogicalType().isSet()) {
            return of(element.getLogicalType());
        }
        return element.isSetConverted_type() ? of(element.getConverted_type(), element) : plain(Meaning.NONE);
    }

    private static Annotation of(LogicalType type) {
        return switch (type.getSetField()) {
            case STRING, ENUM, JSON -> plain(Meaning.TEXT);
            case DATE -> plain(Meaning.DATE);
            case UUID -> plain(Meaning.UUID);
            case FLOAT16 -> plain(Meaning.HALF);
            case UNKNOWN -> plain(Meaning.NONE);
            case INTEGER -> integer(type.getINTEGER());
            case DECIMAL -> decimal(type.getDECIMAL());
            case TIME ->
                new Annotation(
                        Meaning.TIME,
                        unit(type.getTIME().getUnit()),
                        type.getTIME().isIsAdjustedToUTC(),
                        0);
            case TIMESTAMP ->
                new Annotation(
                        Meaning.TIMESTAMP,
                        unit(type.getTIMESTAMP().getUnit()),
                        type.getTIMESTAMP().isIsAdjustedToUTC(),
                        0);
            default -> plain(Meaning.FOREIGN);
        };
    }

    private static Annotation of(ConvertedType type, SchemaElement element) {
        return switch (type) {
            case UTF8, ENUM, JSON -> plain(Meaning.TEXT);
            case DATE -> plain(Meaning.DATE);
            case INT_8, INT_16, INT_32, INT_64 -> plain(Meaning.NONE);
            case UINT_8, UINT_16, UINT_32, UINT_64 -> plain(Meaning.UNSIGNED);
            case DECIMAL -> decimal(new DecimalType(element.getScale(), element.getPrecision()));
            case TIME_MILLIS -> new Annotation(Meaning.TIME, ChronoUnit.MILLIS, true, 0);
            case TIME_MICROS -> new Annotation(Meaning.TIME, ChronoUnit.MICROS, true, 0);
            case TIMESTAMP_MILLIS -> new Annotation(Meaning.TIMESTAMP, ChronoUnit.MILLIS, true, 0);
            case TIMESTAMP_MICROS -> new Annotation(Meaning.TIMESTAMP, ChronoUnit.MICROS, true, 0);
            default -> plain(Meaning.FOREIGN);
        };
    }

    private static Annotation plain(Meaning meaning) {
        return new Annotation(meaning, ChronoUnit.DAYS, false, 0);
    }

    private static Annotation integer(IntType type) {
        return plain(type.isIsSigned() ? Meaning.NONE : Meaning.UNSIGNED);
    }

    private static Annotation decimal(DecimalType type) {
        if (type.getScale() < 0 || type.getScale() > MAX_DIGITS) {
            throw new IllegalArgumentException(
                    "scale of a decimal, expected 0 to " + MAX_DIGITS + ", scale=" + type.getScale());
        }
        return new Annotation(Meaning.DECIMAL, ChronoUnit.DAYS, false, type.getScale());
    }

    private static ChronoUnit unit(TimeUnit unit) {
        if (unit.isSetMILLIS()) {
            return ChronoUnit.MILLIS;
        }
        return unit.isSetMICROS() ? ChronoUnit.MICROS : ChronoUnit.NANOS;
    }

    @Override
    public String toString() {
        return switch (meaning) {
            case NONE -> "";
            case DECIMAL -> "DECIMAL(" + scale + ")";
            case TIME, TIMESTAMP -> meaning + "(" + unit + (utc ? ", UTC)" : ")");
            default -> meaning.toString();
        };
    }
}
