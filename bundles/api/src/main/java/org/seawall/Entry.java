package org.seawall;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * One entry of a log: a vector with metadata, an opaque payload, or the end of an id.
 *
 * <p>An entry is a value and safe to share between threads, with one condition that saves a copy of every vector: the
 * arrays are <em>not</em> copied. Do not change them before {@link WriteAheadLog#append} has returned; the log has encoded
 * them by then and keeps no reference.
 *
 * @param operation what the entry does to its id
 * @param id the id, at most {@link #MAX_ID_BYTES} bytes in UTF-8. It may be empty only for a PUT without a vector; such
 *     an entry is read by sequence alone and is never superseded
 * @param vector the vector's components, all finite, at most {@link #MAX_DIMENSION}; empty for an entry without a vector
 * @param metadata names and values, in the order in which they are written; a value is a String, Long, Double or Boolean
 *     (Integer, Short, Byte and Float are widened)
 * @param payload bytes that the log does not look into; empty where there are none
 * @param timestampMillis when the entry happened, in milliseconds of Unix time; 0 lets the log set the time of the append
 * @param expiresAtMillis from when on the entry is not found any more, in milliseconds of Unix time; 0 for never
 */
public record Entry(
        Operation operation,
        String id,
        float[] vector,
        Map<String, Object> metadata,
        byte[] payload,
        long timestampMillis,
        long expiresAtMillis) {

    /** The longest id, in bytes of UTF-8. */
    public static final int MAX_ID_BYTES = 512;

    /** The most components of a vector. */
    public static final int MAX_DIMENSION = 65_536;

    private static final float[] NO_VECTOR = {};
    private static final byte[] NO_PAYLOAD = {};
    private static final int EXPONENT = 0x7f80_0000;
    private static final int LOWEST_OF_EXPONENT = 0x0080_0000;

    /**
     * Checks the entry against the bounds that hold in every collection.
     *
     * @throws IllegalArgumentException if a value is out of its bounds; the message names the value and the bound
     */
    public Entry {
        Objects.requireNonNull(operation, "operation");
        Objects.requireNonNull(vector, "vector");
        Objects.requireNonNull(payload, "payload");
        checkId(id, operation == Operation.PUT && vector.length == 0);
        checkVector(vector, id);
        metadata = checkedCopy(metadata, id);
        if (operation == Operation.DELETE && (vector.length > 0 || payload.length > 0 || !metadata.isEmpty())) {
            throw new IllegalArgumentException("a delete carries an id and nothing else, id=" + id);
        }
        if (timestampMillis < 0 || expiresAtMillis < 0) {
            throw new IllegalArgumentException("negative time, timestampMillis=" + timestampMillis
                    + ", expiresAtMillis=" + expiresAtMillis + ", id=" + id);
        }
    }

    /**
     * A vector without metadata.
     *
     * @param id the id, 1 to {@link #MAX_ID_BYTES} bytes of UTF-8
     * @param vector the components
     * @return a PUT of the vector that never expires
     * @throws IllegalArgumentException if a value is out of its bounds
     */
    public static Entry vector(String id, float... vector) {
        return new Entry(Operation.PUT, id, vector, Map.of(), NO_PAYLOAD, 0, 0);
    }

    /**
     * Opaque bytes under an id.
     *
     * @param id the id, or an empty string for an entry that is read by sequence alone
     * @param payload the bytes
     * @return a PUT of the payload that never expires
     * @throws IllegalArgumentException if a value is out of its bounds
     */
    public static Entry payload(String id, byte[] payload) {
        return new Entry(Operation.PUT, id, NO_VECTOR, Map.of(), payload, 0, 0);
    }

    /**
     * The end of an id.
     *
     * @param id the id, 1 to {@link #MAX_ID_BYTES} bytes of UTF-8
     * @return a DELETE of the id
     * @throws IllegalArgumentException if the id is out of its bounds
     */
    public static Entry delete(String id) {
        return new Entry(Operation.DELETE, id, NO_VECTOR, Map.of(), NO_PAYLOAD, 0, 0);
    }

    /**
     * This entry with other metadata.
     *
     * @param values names and values, see {@link #metadata()}
     * @return a copy that shares this entry's arrays
     * @throws IllegalArgumentException if a name is empty or a value is of another type
     */
    public Entry withMetadata(Map<String, ?> values) {
        return new Entry(operation, id, vector, new LinkedHashMap<>(values), payload, timestampMillis, expiresAtMillis);
    }

    /**
     * This entry with a payload, beside its vector if it has one.
     *
     * @param bytes the payload
     * @return a copy that shares this entry's vector
     */
    public Entry withPayload(byte[] bytes) {
        return new Entry(operation, id, vector, metadata, bytes, timestampMillis, expiresAtMillis);
    }

    /**
     * This entry with another timestamp.
     *
     * @param when when the entry happened; kept in milliseconds
     * @return a copy that shares this entry's arrays
     */
    public Entry withTimestamp(Instant when) {
        return new Entry(operation, id, vector, metadata, payload, when.toEpochMilli(), expiresAtMillis);
    }

    /**
     * This entry with an expiry.
     *
     * @param when from when on the entry is not found any more; kept in milliseconds
     * @return a copy that shares this entry's arrays
     */
    public Entry withExpiry(Instant when) {
        return new Entry(operation, id, vector, metadata, payload, timestampMillis, when.toEpochMilli());
    }

    /**
     * Whether the entry has expired at a moment.
     *
     * @param nowMillis the moment, in milliseconds of Unix time
     * @return true from {@link #expiresAtMillis()} on; never for an entry that does not expire
     */
    public boolean expired(long nowMillis) {
        return expiresAtMillis != 0 && expiresAtMillis <= nowMillis;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Entry that
                && operation == that.operation
                && id.equals(that.id)
                && timestampMillis == that.timestampMillis
                && expiresAtMillis == that.expiresAtMillis
                && metadata.equals(that.metadata)
                && Arrays.equals(payload, that.payload)
                && Arrays.equals(vector, that.vector);
    }

    @Override
    public int hashCode() {
        return Objects.hash(operation, id, timestampMillis, expiresAtMillis, metadata, Arrays.hashCode(payload)) * 31
                + Arrays.hashCode(vector);
    }

    @Override
    public String toString() {
        return "Entry[operation=" + operation + ", id=" + id + ", dimension=" + vector.length + ", metadata=" + metadata
                + ", payloadBytes=" + payload.length + ", timestampMillis=" + timestampMillis + ", expiresAtMillis="
                + expiresAtMillis + "]";
    }

    private static void checkId(String id, boolean mayBeEmpty) {
        Objects.requireNonNull(id, "id");
        if (id.isEmpty() && !mayBeEmpty) {
            throw new IllegalArgumentException("empty id, expected 1 to " + MAX_ID_BYTES + " bytes");
        }
        // a UTF-16 unit is at most three bytes of UTF-8, so a short id need not be encoded to be measured
        if (id.length() > MAX_ID_BYTES / 3) {
            int bytes = id.getBytes(StandardCharsets.UTF_8).length;
            if (bytes > MAX_ID_BYTES) {
                throw new IllegalArgumentException("id too long, bytes=" + bytes + ", limit=" + MAX_ID_BYTES + ", id="
                        + id.substring(0, 40) + "…");
            }
        }
    }

    private static void checkVector(float[] vector, String id) {
        if (vector.length > MAX_DIMENSION) {
            throw new IllegalArgumentException(
                    "vector too long, dimension=" + vector.length + ", limit=" + MAX_DIMENSION + ", id=" + id);
        }
        // an exponent is all ones if and only if adding one to it carries into the sign; no branch, and a quarter of
        // the
        // time of comparing magnitudes
        int carries = 0;
        for (float component : vector) {
            carries |= (Float.floatToRawIntBits(component) & EXPONENT) + LOWEST_OF_EXPONENT;
        }
        if (carries < 0) {
            for (int i = 0; i < vector.length; i++) {
                if (!Float.isFinite(vector[i])) {
                    throw new IllegalArgumentException(
                            "component is not finite, value=" + vector[i] + ", index=" + i + ", id=" + id);
                }
            }
        }
    }

    private static Map<String, Object> checkedCopy(Map<String, Object> metadata, String id) {
        if (metadata instanceof Metadata) {
            return metadata;
        }
        int size = metadata.size();
        if (size == 0) {
            return Map.of();
        }
        if (size <= Metadata.MAX_PAIRS) {
            Metadata.Collector few = new Metadata.Collector(size);
            metadata.forEach((name, value) -> few.add(checked(name, id), widened(name, value, id)));
            return few.collected();
        }
        Map<String, Object> many = new LinkedHashMap<>();
        metadata.forEach((name, value) -> many.put(checked(name, id), widened(name, value, id)));
        return Collections.unmodifiableMap(many);
    }

    private static String checked(String name, String id) {
        if (name == null || name.isEmpty()) {
            throw new IllegalArgumentException("empty metadata name, id=" + id);
        }
        return name;
    }

    private static Object widened(String name, Object value, String id) {
        if (value instanceof String || value instanceof Long || value instanceof Double || value instanceof Boolean) {
            return value;
        }
        if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return ((Number) value).longValue();
        }
        if (value instanceof Float f) {
            return f.doubleValue();
        }
        String type = value == null ? "null" : value.getClass().getName();
        throw new IllegalArgumentException(
                "metadata of an unknown type, expected String, Long, Double or Boolean, name=" + name + ", type=" + type
                        + ", id=" + id);
    }
}
