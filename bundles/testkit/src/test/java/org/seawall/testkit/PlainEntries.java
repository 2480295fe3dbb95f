package org.seawall.testkit;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.seawall.Entry;
import org.seawall.Operation;

/** One entry as bytes and back, by the means of java.io. */
final class PlainEntries {
    private PlainEntries() {}

    static byte[] bytes(Entry entry, long time, PlainFlaw flaw) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(entry.operation().ordinal());
            out.writeUTF(entry.id());
            boolean own = entry.timestampMillis() != 0 || flaw == PlainFlaw.KNOWS_NO_TIME_OF_THE_BATCH;
            out.writeLong(own ? entry.timestampMillis() : time);
            out.writeLong(flaw == PlainFlaw.FORGETS_EXPIRY ? 0 : entry.expiresAtMillis());
            out.writeInt(entry.vector().length);
            for (float component : entry.vector()) {
                out.writeFloat(component);
            }
            writeMetadata(out, flaw == PlainFlaw.SORTS_METADATA ? new TreeMap<>(entry.metadata()) : entry.metadata());
            out.writeInt(entry.payload().length);
            out.write(entry.payload());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void writeMetadata(DataOutputStream out, Map<String, Object> metadata) throws IOException {
        out.writeInt(metadata.size());
        for (Map.Entry<String, Object> value : metadata.entrySet()) {
            out.writeUTF(value.getKey());
            if (value.getValue() instanceof Long number) {
                out.writeByte('l');
                out.writeLong(number);
            } else if (value.getValue() instanceof Double number) {
                out.writeByte('d');
                out.writeDouble(number);
            } else if (value.getValue() instanceof Boolean bool) {
                out.writeByte('b');
                out.writeBoolean(bool);
            } else {
                out.writeByte('s');
                out.writeUTF((String) value.getValue());
            }
        }
    }

    static Entry entry(byte[] bytes, PlainFlaw flaw) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            Operation operation = Operation.values()[in.readByte()];
            String id = in.readUTF();
            long time = in.readLong();
            long expiry = in.readLong();
            float[] vector = new float[in.readInt()];
            for (int i = 0; i < vector.length; i++) {
                vector[i] = in.readFloat();
            }
            Map<String, Object> metadata = metadata(in, flaw);
            byte[] payload = new byte[in.readInt()];
            in.readFully(payload);
            return new Entry(operation, id, vector, metadata, payload, time, expiry);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Object> metadata(DataInputStream in, PlainFlaw flaw) throws IOException {
        Map<String, Object> metadata = flaw == PlainFlaw.DROPS_METADATA_ORDER ? new HashMap<>() : new LinkedHashMap<>();
        for (int i = in.readInt(); i > 0; i--) {
            String name = in.readUTF();
            metadata.put(
                    name,
                    switch (in.readByte()) {
                        case 'l' -> (Object) in.readLong();
                        case 'd' -> in.readDouble();
                        case 'b' -> in.readBoolean();
                        default -> in.readUTF();
                    });
        }
        return metadata;
    }
}
