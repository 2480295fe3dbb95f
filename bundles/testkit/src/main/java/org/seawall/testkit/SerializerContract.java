package org.seawall.testkit;

import org.junit.jupiter.api.extension.ExtendWith;
import org.osgi.annotation.versioning.ConsumerType;
import org.seawall.spi.serializer.BatchSerializer;

/**
 * The rules S1 to S24 of CONTRACT.md, which a {@link BatchSerializer} has to keep. Extend it, return the serializer, and run it
 * with JUnit. It needs no files.
 */
@ExtendWith(RuleRecorder.class)
@ConsumerType
public abstract class SerializerContract
        implements SerializerEntryRules, SerializerSegmentRules, SerializerDamageRules {
    /** For extension by a test. */
    protected SerializerContract() {}

    /**
     * The serializer to be tested.
     *
     * @return a new one or always the same; takes batches of at least a mebibyte
     */
    @Override
    public abstract BatchSerializer serializer();
}
