package org.seawall.testkit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.seawall.Entry;
import org.seawall.Operation;

/** Entries of every kind that there is, the same for the same seed. All have a time of their own. */
final class AnyEntries {
    private static final String[] WORDS = {"a", "doc", "été", "数据", "🌊🧱", "\u0000", "ab\uffffc", "x".repeat(200)};
    private static final long[] NUMBERS = {0, 1, -1, 63, 64, -65, 8192, 1L << 32, Long.MAX_VALUE, Long.MIN_VALUE};
    private static final float[] FLOATS = {0f, -0f, 1f, Float.MIN_VALUE, Float.MAX_VALUE, -Float.MAX_VALUE};
    private static final double[] DOUBLES = {0, -0.0, Math.PI, Double.NaN, Double.NEGATIVE_INFINITY};

    private final Random random;

    AnyEntries(long seed) {
        random = new Random(seed);
    }

    List<Entry> batch(int count) {
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            entries.add(entry());
        }
        return entries;
    }

    private Entry entry() {
        return switch (random.nextInt(4)) {
            case 0 -> new Entry(Operation.DELETE, id(), new float[0], Map.of(), new byte[0], millis(), 0);
            case 1 -> new Entry(Operation.PUT, "", new float[0], metadata(), payload(), millis(), expiry());
            case 2 -> new Entry(Operation.PUT, id(), new float[0], metadata(), payload(), millis(), expiry());
            default -> new Entry(Operation.PUT, id(), vector(), metadata(), payload(), millis(), expiry());
        };
    }

    private String id() {
        return word() + random.nextInt(1_000);
    }

    private String word() {
        return WORDS[random.nextInt(WORDS.length)];
    }

    private long millis() {
        return random.nextBoolean() ? 1 + random.nextInt(1_000) : Long.MAX_VALUE - random.nextInt(3);
    }

    private long expiry() {
        return random.nextBoolean() ? 0 : millis();
    }

    private float[] vector() {
        float[] vector = new float[1 + random.nextInt(random.nextBoolean() ? 9 : 700)];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = random.nextBoolean() ? FLOATS[random.nextInt(FLOATS.length)] : random.nextFloat() * 2 - 1;
        }
        return vector;
    }

    private Map<String, Object> metadata() {
        Map<String, Object> metadata = new LinkedHashMap<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            metadata.put(word() + i, value());
        }
        return metadata;
    }

    private Object value() {
        return switch (random.nextInt(4)) {
            case 0 -> random.nextBoolean() ? "" : word();
            case 1 -> NUMBERS[random.nextInt(NUMBERS.length)];
            case 2 -> DOUBLES[random.nextInt(DOUBLES.length)];
            default -> random.nextBoolean();
        };
    }

    private byte[] payload() {
        byte[] payload = new byte[random.nextInt(3) * random.nextInt(100)];
        random.nextBytes(payload);
        return payload;
    }
}
