package org.seawall.filesystem.gcs;

/** Text that is never shown. */
final class Secret {

    private final String text;

    Secret(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }

    boolean isEmpty() {
        return text.isBlank();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && text.equals(secret.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return isEmpty() ? "none" : "set";
    }
}
