package org.seawall.filesystem.gcs;

import java.util.regex.Pattern;

/**
 * An error of the SDK without the id of an upload, whose holder can write to it without credentials. The SDK writes it into
 * its messages.
 */
final class Scrubbed extends Exception {
    private static final long serialVersionUID = 1L;
    private static final Pattern UPLOAD = Pattern.compile("(upload_id=)[^&\\s]+");

    private Scrubbed(Throwable e, Throwable cause) {
        super(e.getClass().getName() + ": " + UPLOAD.matcher(e.getMessage()).replaceAll("$1***"), cause);
        setStackTrace(e.getStackTrace());
    }

    /** The error itself, or if it or a cause of it names an upload, a copy that does not. */
    static Exception of(Exception e) {
        return names(e) ? (Exception) copy(e) : e;
    }

    private static boolean names(Throwable e) {
        return e != null
                && (e.getMessage() != null && UPLOAD.matcher(e.getMessage()).find() || names(e.getCause()));
    }

    private static Throwable copy(Throwable e) {
        return names(e) ? new Scrubbed(e, e.getCause() == null ? null : copy(e.getCause())) : e;
    }
}
