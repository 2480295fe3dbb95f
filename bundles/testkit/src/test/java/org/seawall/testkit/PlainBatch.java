package org.seawall.testkit;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.seawall.Entry;
import org.seawall.Operation;
import org.seawall.spi.serializer.EncodedBatch;

/** Encoded entries of a {@link PlainSerializer}; decodes for every question. */
final class PlainBatch implements EncodedBatch {
    final List<byte[]> encoded;
    private final List<Entry> given;
    private final PlainFlaw flaw;
    private int framed;

    PlainBatch(List<byte[]> encoded, List<Entry> given, PlainFlaw flaw) {
        this.encoded = encoded;
        this.given = given;
        this.flaw = flaw;
    }

    /** Whether this is the first frame of the batch. */
    boolean firstFrame() {
        return framed++ == 0;
    }

    @Override
    public int count() {
        return encoded.size();
    }

    @Override
    public int sizeBytes() {
        return flaw == PlainFlaw.SIZE_WITHOUT_THE_ENTRIES
                ? 16 * count()
                : encoded.stream().mapToInt(bytes -> bytes.length + 16).sum();
    }

    @Override
    public int entryBytes(int index) {
        return encoded.get(Objects.checkIndex(index, count())).length;
    }

    @Override
    public Operation operation(int index) {
        return entry(index).operation();
    }

    @Override
    public byte[] id(int index) {
        return entry(index).id().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public boolean idEquals(int index, byte[] utf8) {
        byte[] id = id(index);
        return flaw == PlainFlaw.ID_EQUALS_BY_PREFIX
                ? Arrays.equals(id, Arrays.copyOf(utf8, Math.min(id.length, utf8.length)))
                : Arrays.equals(id, utf8);
    }

    @Override
    public long expiresAtMillis(int index) {
        return entry(index).expiresAtMillis();
    }

    @Override
    public int dimension(int index) {
        return entry(flaw == PlainFlaw.MISNUMBERS_ENTRIES && index > 9 ? index - 1 : index)
                .vector()
                .length;
    }

    @Override
    public void vector(int index, float[] target) {
        float[] vector = entry(index).vector();
        System.arraycopy(vector, 0, target, 0, vector.length);
    }

    @Override
    public Entry entry(int index) {
        if (flaw == PlainFlaw.KEEPS_THE_ENTRIES_THEMSELVES && !given.isEmpty()) {
            return given.get(index);
        }
        int checked = flaw == PlainFlaw.TAKES_ANY_INDEX ? Math.floorMod(index, count()) : index;
        return PlainEntries.entry(encoded.get(Objects.checkIndex(checked, count())), flaw);
    }
}
