package org.seawall.viper.exchange;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.apache.parquet.format.Type;
import org.seawall.viper.exchange.Annotation.Meaning;

/**
 * How the values of a column become a String, Long, Double or Boolean. What metadata has no type for, such as times and decimals,
 * becomes text: ISO-8601, and digits.
 */
final class Scalar {
    /** The Julian day of 1970-01-01. */
    private static final long EPOCH_DAY = 2_440_588;

    private static final long DAY_SECONDS = 86_400;
    private static final int HALF_BYTES = 2;
    private static final int UUID_BYTES = 16;
    private static final int MAX_DECIMAL_BYTES = 512;

    private Scalar() {}

    /**
     * @return how to read the next value, or empty if a column of such values is nothing that an entry has
     */
    static Optional<Function<Values, Object>> of(Leaf column) {
        Annotation annotation = Annotation.of(column.element());
        if (annotation.meaning() == Meaning.FOREIGN) {
            return Optional.empty();
        }
        return switch (column.type()) {
            case BOOLEAN -> Optional.of(values -> values.bits() != 0);
            case INT32 -> number(annotation, 0xffff_ffffL);
            case INT64 -> number(annotation, -1);
            case FLOAT -> Optional.of(values -> (double) Float.intBitsToFloat((int) values.bits()));
            case DOUBLE -> Optional.of(values -> Double.longBitsToDouble(values.bits()));
            case INT96 -> Optional.of(values -> oldTimestamp(values.bytes()));
            case BYTE_ARRAY -> bytes(annotation);
            case FIXED_LEN_BYTE_ARRAY -> fixed(annotation, column.width());
        };
    }

    /** Texts, also where the file does not say that the bytes are one: what older writers left of strings. */
    static Function<Values, Object> text() {
        return values -> text(values.bytes());
    }

    private static Optional<Function<Values, Object>> number(Annotation annotation, long mask) {
        return switch (annotation.meaning()) {
            case NONE -> Optional.of(Values::bits);
            case UNSIGNED -> Optional.of(values -> unsigned(values.bits() & mask));
            case DECIMAL ->
                Optional.of(values ->
                        BigDecimal.valueOf(values.bits(), annotation.scale()).toPlainString());
            case DATE ->
                Optional.of(values -> LocalDate.ofEpochDay(values.bits()).toString());
            case TIME -> Optional.of(values -> time(values.bits(), annotation.unit()));
            case TIMESTAMP -> Optional.of(values -> timestamp(values.bits(), annotation));
            default -> Optional.empty();
        };
    }

    private static Optional<Function<Values, Object>> bytes(Annotation annotation) {
        return switch (annotation.meaning()) {
            case TEXT -> Optional.of(text());
            case DECIMAL -> Optional.of(values -> decimal(values.bytes(), annotation.scale()));
            default -> Optional.empty();
        };
    }

    private static Optional<Function<Values, Object>> fixed(Annotation annotation, int width) {
        if (annotation.meaning() == Meaning.UUID && width == UUID_BYTES) {
            return Optional.of(values -> uuid(values.bytes()));
        }
        if (annotation.meaning() == Meaning.HALF && width == HALF_BYTES) {
            return Optional.of(values -> (double) half(values.bytes()));
        }
        return annotation.meaning() == Meaning.DECIMAL ? bytes(annotation) : Optional.empty();
    }

    private static Object unsigned(long value) {
        if (value < 0) {
            throw new IllegalArgumentException(
                    "number does not fit, value=" + Long.toUnsignedString(value) + ", limit=" + Long.MAX_VALUE);
        }
        return value;
    }

    private static String decimal(byte[] unscaled, int scale) {
        if (unscaled.length > MAX_DECIMAL_BYTES) {
            throw new IllegalArgumentException(
                    "decimal too long, bytes=" + unscaled.length + ", limit=" + MAX_DECIMAL_BYTES);
        }
        return new BigDecimal(new BigInteger(unscaled), scale).toPlainString();
    }

    private static String time(long value, ChronoUnit unit) {
        long nanos = Math.multiplyExact(value, unit.getDuration().toNanos());
        return DateTimeFormatter.ISO_LOCAL_TIME.format(LocalTime.ofNanoOfDay(nanos));
    }

    private static String timestamp(long value, Annotation annotation) {
        Instant moment = moment(value, annotation.unit());
        return annotation.utc()
                ? moment.toString()
                : DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(LocalDateTime.ofInstant(moment, ZoneOffset.UTC));
    }

    static Instant moment(long value, ChronoUnit unit) {
        long nanos = unit.getDuration().toNanos();
        long perSecond = 1_000_000_000 / nanos;
        return Instant.ofEpochSecond(Math.floorDiv(value, perSecond), Math.floorMod(value, perSecond) * nanos);
    }

    private static String oldTimestamp(byte[] value) {
        ByteBuffer bytes = ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN);
        long nanos = bytes.getLong();
        return Instant.ofEpochSecond((bytes.getInt() - EPOCH_DAY) * DAY_SECONDS, nanos)
                .toString();
    }

    private static String uuid(byte[] value) {
        ByteBuffer bytes = ByteBuffer.wrap(value);
        return new UUID(bytes.getLong(), bytes.getLong()).toString();
    }

    /** A number of 16 bits: sign, 5 of exponent, 10 of fraction. */
    static float half(byte[] value) {
        int bits = (value[1] & 0xff) << Byte.SIZE | value[0] & 0xff;
        int exponent = bits >>> 10 & 0x1f;
        int fraction = bits & 0x3ff;
        float magnitude = switch (exponent) {
            case 0 -> Math.scalb((float) fraction, -24);
            case 0x1f -> fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
            default -> Math.scalb((float) (fraction | 0x400), exponent - 25);
        };
        return (bits & 0x8000) == 0 ? magnitude : -magnitude;
    }

    static String text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("text is no UTF-8, bytes=" + bytes.length, e);
        }
    }

    /** Whether a column of bytes says nothing of what they are. */
    static boolean isOpaque(Leaf column) {
        return column.type() == Type.BYTE_ARRAY
                && Annotation.of(column.element()).meaning() == Meaning.NONE;
    }
}
