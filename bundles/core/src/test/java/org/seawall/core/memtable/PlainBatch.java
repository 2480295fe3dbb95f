package org.seawall.core.memtable;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.seawall.Entry;
import org.seawall.Operation;
import org.seawall.spi.serializer.EncodedBatch;

/** A batch that is not encoded at all: what the memtable needs of one, and nothing else. */
record PlainBatch(List<Entry> entries) implements EncodedBatch {
    static PlainBatch of(Entry... entries) {
        return new PlainBatch(List.of(entries));
    }

    @Override
    public int count() {
        return entries.size();
    }

    @Override
    public int sizeBytes() {
        return entries.size() * 10;
    }

    @Override
    public int entryBytes(int index) {
        return 10;
    }

    @Override
    public Operation operation(int index) {
        return entries.get(index).operation();
    }

    @Override
    public byte[] id(int index) {
        return entries.get(index).id().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public boolean idEquals(int index, byte[] utf8) {
        return Arrays.equals(id(index), utf8);
    }

    @Override
    public long expiresAtMillis(int index) {
        return entries.get(index).expiresAtMillis();
    }

    @Override
    public int dimension(int index) {
        return entries.get(index).vector().length;
    }

    @Override
    public void vector(int index, float[] target) {
        float[] vector = entries.get(index).vector();
        System.arraycopy(vector, 0, target, 0, vector.length);
    }

    @Override
    public Entry entry(int index) {
        return entries.get(index);
    }
}
