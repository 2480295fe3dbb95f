package org.seawall.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.seawall.spi.filesystem.AppendFile;
import org.seawall.spi.filesystem.Capability;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;

/** Rules F50 to F56: what is durable when a call returns. For whoever can cut the power of the storage. */
interface FileSystemPowerRules {
    Storage storage();

    Optional<Storage> afterPowerCut(FileSystem files) throws IOException;

    private Probe probe(Capability... capabilities) {
        return new Probe(storage()).needing(capabilities);
    }

    private Probe cut(Probe probe) throws IOException {
        Optional<Storage> left = afterPowerCut(probe.files());
        NotApplicable.unless(left.isPresent(), "the power cannot be cut");
        return new Probe(left.get());
    }

    @Test
    default void f50_aCreatedFileIsDurable() throws IOException {
        Probe probe = probe(Capability.CREATE_EXCLUSIVE);
        probe.files().create(probe.at("new", "directory", "file"), Probe.buffers("x".repeat(5_000), "y"));
        Probe left = cut(probe);
        assertEquals("x".repeat(5_000) + "y", left.text(left.at("new", "directory", "file")));
    }

    @Test
    default void f51_aReplacedFileIsDurable() throws IOException {
        Probe probe = probe(Capability.CONDITIONAL_REPLACE);
        Location file = probe.at("new", "file");
        String version = probe.files()
                .replace(file, Probe.buffers("old"), Optional.empty())
                .version();
        probe.files().replace(file, Probe.buffers("new text"), Optional.of(version));
        Probe left = cut(probe);
        assertEquals("new text", left.text(left.at("new", "file")));
    }

    @Test
    default void f52_whatWasForcedIsDurable() throws IOException {
        Probe probe = probe(Capability.APPEND, Capability.FORCE);
        try (AppendFile file = probe.files().createAppendable(probe.at("new", "file"))) {
            probe.files().forceDirectory(probe.at("new"));
            file.write(Probe.bytes("one " + "x".repeat(2_000)));
            file.force();
            file.write(Probe.bytes("two " + "y".repeat(2_000)));
            file.force();
            Probe left = cut(probe);
            assertEquals("one " + "x".repeat(2_000) + "two " + "y".repeat(2_000), left.grown(left.at("new", "file")));
        }
    }

    @Test
    default void f53_aForcedTruncationIsDurable() throws IOException {
        Probe probe = probe(Capability.APPEND, Capability.FORCE);
        try (AppendFile file = probe.files().createAppendable(probe.at("file"))) {
            probe.files().forceDirectory(probe.root());
            file.write(Probe.bytes("x".repeat(3_000)));
            file.force();
            file.truncate(100);
            file.force();
            Probe left = cut(probe);
            assertEquals("x".repeat(100), left.text(left.at("file")));
        }
    }

    @Test
    default void f54_namesOfAForcedDirectoryAreDurable() throws IOException {
        Probe probe = probe(Capability.APPEND, Capability.FORCE);
        for (String name : List.of("created", "deleted", "renamed")) {
            probe.files().createAppendable(probe.at("new", name)).close();
        }
        probe.files().forceDirectory(probe.at("new"));
        probe.files().delete(probe.at("new", "deleted"));
        if (probe.can(Capability.ATOMIC_RENAME)) {
            probe.files().rename(probe.at("new", "renamed"), probe.at("other", "to"));
            probe.files().forceDirectory(probe.at("other"));
        }
        probe.files().forceDirectory(probe.at("new"));
        boolean renames = probe.can(Capability.ATOMIC_RENAME);
        Probe left = cut(probe);
        assertEquals(renames ? List.of("created") : List.of("created", "renamed"), left.names(left.at("new")));
        assertEquals(renames ? List.of("to") : List.of(), left.names(left.at("other")));
    }

    @Test
    default void f55_aDeletedTreeIsDurablyGone() throws IOException {
        Probe probe = probe();
        probe.put("x", "tree", "a", "file");
        probe.put("x", "kept", "file");
        probe.files().deleteTree(probe.at("tree"));
        Probe left = cut(probe);
        assertEquals(Optional.empty(), left.find(left.at("tree", "a", "file")));
        assertEquals(List.of(), left.names(left.at("tree")));
    }

    @Test
    default void f56_aLockEndsWithItsProcess() throws IOException {
        Probe probe = probe(Capability.LOCK);
        probe.files().lock(probe.at("log.lock"), "the process that dies");
        Probe left = cut(probe);
        left.files().lock(left.at("log.lock"), "the next one").close();
    }
}
