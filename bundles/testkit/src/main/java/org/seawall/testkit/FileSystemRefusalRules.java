package org.seawall.testkit;

import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.seawall.spi.filesystem.Capability;

/** Rules F44 to F49: what a file system does not claim it refuses, rather than doing it halfway. */
interface FileSystemRefusalRules {
    Storage storage();

    private Probe probe() {
        return new Probe(storage());
    }

    @Test
    default void f44_withoutAppendNothingGrows() {
        Probe probe = probe();
        probe.refuses(Capability.APPEND, () -> probe.files().createAppendable(probe.at("file")));
        probe.refuses(Capability.APPEND, () -> probe.files().openAppendable(probe.at("file"), 0));
    }

    @Test
    default void f45_withoutForceNoDirectoryIsForced() throws IOException {
        Probe probe = probe();
        probe.refuses(Capability.FORCE, () -> probe.files().forceDirectory(probe.root()));
    }

    @Test
    default void f46_withoutCreateExclusiveNothingIsCreated() {
        Probe probe = probe();
        probe.refuses(Capability.CREATE_EXCLUSIVE, () -> probe.files().create(probe.at("file"), Probe.buffers("x")));
    }

    @Test
    default void f47_withoutConditionalReplaceNothingIsReplaced() {
        Probe probe = probe();
        probe.refuses(
                Capability.CONDITIONAL_REPLACE,
                () -> probe.files().replace(probe.at("file"), Probe.buffers("x"), Optional.empty()));
    }

    @Test
    default void f48_withoutAtomicRenameNothingIsRenamed() {
        Probe probe = probe();
        probe.refuses(Capability.ATOMIC_RENAME, () -> probe.files().rename(probe.put("x", "file"), probe.at("to")));
    }

    @Test
    default void f49_withoutLockNothingIsLocked() {
        Probe probe = probe();
        probe.refuses(Capability.LOCK, () -> probe.files().lock(probe.at("log.lock"), "holder"));
    }
}
