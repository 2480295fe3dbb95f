package org.seawall.testkit;

import java.io.IOException;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Is asked around every operation on a {@link FaultyFileSystem}, reads included, in the thread that carries it out. It may
 * wait, which delays the operation, or throw, which fails it. An operation is told in words such as {@code force
 * wal_current.avro}.
 */
@FunctionalInterface
@ConsumerType
public interface OperationHook {
    /** Does nothing. */
    OperationHook NONE = operation -> {};

    /**
     * Called before an operation.
     *
     * @param operation what is about to be done
     * @throws IOException to let it fail without effect
     */
    void before(String operation) throws IOException;

    /**
     * Called after an operation.
     *
     * @param operation what was done
     * @throws IOException to let it fail after its effect
     */
    default void after(String operation) throws IOException {}
}
