package org.seawall.shell;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.seawall.Entry;
import org.seawall.LoggedEntry;
import org.seawall.RecoveryProgress;

/** How values are shown to people. */
final class Text {
    private static final int SHOWN_COMPONENTS = 8;
    private static final int SHOWN_PAYLOAD_BYTES = 60;

    private Text() {}

    /** Text from storage cannot command the terminal: control characters are shown as their numbers. */
    static String printable(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT) {
                shown.append(String.format("\\u%04x", c));
            } else {
                shown.appendCodePoint(c);
            }
        });
        return shown.toString();
    }

    /**
     * What is behind a failure, for the end of its line: an operator who reads that the storage failed wants to know that
     * the disk is full. Empty if nothing is, or the line says it.
     */
    static String because(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String words = String.valueOf(root.getMessage());
        return root == failure
                        || root.getMessage() == null
                        || String.valueOf(failure.getMessage()).contains(words)
                ? ""
                : ": " + printable(words);
    }

    static String bytes(long count) {
        if (count < 1000) {
            return count + " B";
        }
        double value = count / 1000.0;
        for (String unit : new String[] {"kB", "MB", "GB"}) {
            if (value < 999.95) {
                return String.format(Locale.ROOT, "%.1f %s", value, unit);
            }
            value /= 1000;
        }
        return String.format(Locale.ROOT, "%.1f TB", value);
    }

    static String progress(RecoveryProgress progress) {
        return bytes(progress.readBytes()) + " of " + bytes(progress.totalBytes());
    }

    static String time(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }

    static String clock(Duration duration) {
        long seconds = duration.toSeconds();
        return seconds < 3600
                ? String.format("%d:%02d", seconds / 60, seconds % 60)
                : String.format("%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }

    static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static String map(Map<String, ?> values) {
        return values.entrySet().stream()
                .map(entry -> printable(entry.getKey()) + "=" + printable(String.valueOf(entry.getValue())))
                .collect(Collectors.joining(" "));
    }

    static String vector(float[] vector) {
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < Math.min(vector.length, SHOWN_COMPONENTS); i++) {
            shown.append(i == 0 ? "" : ",").append(vector[i]);
        }
        return vector.length > SHOWN_COMPONENTS ? shown + ",…" : shown.toString();
    }

    static String payload(byte[] payload) {
        String size = Text.bytes(payload.length);
        if (payload.length > SHOWN_PAYLOAD_BYTES) {
            return size;
        }
        try {
            return size + ": "
                    + printable(StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(payload))
                            .toString());
        } catch (CharacterCodingException e) {
            return size + ", not text";
        }
    }

    /** An entry in one line, its columns under those of the entry before. */
    static String line(LoggedEntry logged) {
        Entry entry = logged.entry();
        StringBuilder line = new StringBuilder(String.format(
                "%10d  %-6s  %-16s  %-24s",
                logged.sequence(), lower(entry.operation()), printable(entry.id()), time(entry.timestampMillis())));
        if (entry.vector().length > 0) {
            line.append("  dimension=").append(entry.vector().length);
        }
        if (entry.payload().length > 0) {
            line.append("  payload=").append(entry.payload().length).append(" B");
        }
        if (entry.expiresAtMillis() != 0) {
            line.append("  expires=").append(time(entry.expiresAtMillis()));
        }
        if (!entry.metadata().isEmpty()) {
            line.append("  ").append(map(entry.metadata()));
        }
        return line.toString().stripTrailing();
    }
}
