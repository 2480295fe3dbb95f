package org.seawall.filesystem.gcs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** Whether a key file is as it was. */
final class KeyFiles {

    private KeyFiles() {}

    /**
     * Text that is another if the file is: by its time, its size or, for one that was moved there, its identity. No record: the
     * JDK (17) keeps the class loader of the record that was compared last.
     */
    static String stamp(GcsAccess access) {
        return access.source() instanceof GcsAccess.Source.KeyFile file ? stamp(file.path()) : "";
    }

    private static String stamp(Path file) {
        try {
            BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
            return found.lastModifiedTime() + " " + found.size() + " " + found.fileKey();
        } catch (IOException e) {
            // while a file is replaced it may be missing; what reads it says so if it stays so
            return e.getClass().getName();
        }
    }
}
