package org.seawall.testkit;

import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtendWith;
import org.osgi.annotation.versioning.ConsumerType;
import org.seawall.spi.filesystem.FileSystem;

/**
 * The rules F1 to F65 of CONTRACT.md, which a {@link FileSystem} has to keep. Extend it, return the storage, and run it with
 * JUnit. Rules about a capability that the file system does not claim are left out; that it refuses is tested instead.
 */
@ExtendWith(RuleRecorder.class)
@ConsumerType
public abstract class FileSystemContract
        implements FileSystemReadingRules,
                FileSystemCreatingRules,
                FileSystemAppendingRules,
                FileSystemNamingRules,
                FileSystemRefusalRules,
                FileSystemPowerRules,
                FileSystemSealRules {
    /** For extension by a test. */
    protected FileSystemContract() {}

    /**
     * The file system to be tested and a directory on it that is empty when a test begins. Called again in one test it gives
     * the same directory, where possible through another file system object, as another process would have.
     *
     * @return the storage
     */
    @Override
    public abstract Storage storage();

    /**
     * Cuts the power of the storage, where that can be done: one that runs on a {@link FaultyFileSystem}, in a virtual machine,
     * behind a switch. Without it the rules about durability are left out.
     *
     * @param files the file system that {@link #storage} gave and that a test has used
     * @return the same directory after the power came back, or empty if the power cannot be cut
     * @throws IOException if the storage fails
     */
    @Override
    public Optional<Storage> afterPowerCut(FileSystem files) throws IOException {
        return Optional.empty();
    }
}
