package org.seawall.viper.exchange;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * Bytes whose lengths come first (DELTA_LENGTH_BYTE_ARRAY), each perhaps behind the begin of the one before it (DELTA_BYTE_ARRAY).
 */
final class DeltaBytes extends Values {
    private static final int MAX_BYTES = 1 << 28;

    private final Optional<Deltas> shared;
    private final Deltas lengths;
    private final ByteBuffer bytes;
    private byte[] last = {};

    private DeltaBytes(Optional<Deltas> shared, ByteBuffer bytes, int limit) {
        this.shared = shared;
        this.lengths = new Deltas(copy(bytes), true, limit);
        this.bytes = new Deltas(bytes, true, limit).rest();
    }

    static DeltaBytes whole(ByteBuffer bytes, int limit) {
        return new DeltaBytes(Optional.empty(), bytes, limit);
    }

    static DeltaBytes prefixed(ByteBuffer bytes, int limit) {
        Deltas shared = new Deltas(copy(bytes), true, limit);
        return new DeltaBytes(Optional.of(shared), new Deltas(bytes, true, limit).rest(), limit);
    }

    private static ByteBuffer copy(ByteBuffer bytes) {
        return bytes.duplicate().order(bytes.order());
    }

    @Override
    byte[] bytes() {
        long length = lengths.bits();
        long before = shared.isEmpty() ? 0 : shared.get().bits();
        if (before < 0
                || before > last.length
                || length < 0
                || length > bytes.remaining()
                || before + length > MAX_BYTES) {
            throw new IllegalArgumentException("bytes of a value behind the end, shared=" + before + ", length="
                    + length + ", left=" + bytes.remaining());
        }
        byte[] value = Arrays.copyOf(last, (int) (before + length));
        bytes.get(value, (int) before, (int) length);
        if (shared.isPresent()) {
            last = value;
        }
        return value;
    }
}
