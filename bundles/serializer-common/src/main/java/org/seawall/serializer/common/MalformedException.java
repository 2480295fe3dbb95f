package org.seawall.serializer.common;

/** Bytes are not what the format says. Never leaves a bundle: a reader turns it into damage at a place. */
public final class MalformedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String expected;
    private final String actual;

    public MalformedException(String fact, String expected, String actual) {
        // no stack trace: a search for batches behind damage meets very many of these
        super(fact, null, false, false);
        this.expected = expected;
        this.actual = actual;
    }

    public String fact() {
        return getMessage();
    }

    public String expected() {
        return expected;
    }

    public String actual() {
        return actual;
    }
}
