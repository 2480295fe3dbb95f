package org.seawall.testkit;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Something that is written, interrupted, and read back. The same calls must lead to the same operations on the storage, so
 * that each of them can be counted; where a scenario has threads it waits for what it submitted.
 *
 * @param <S> what {@link Ledger} compares
 */
@ConsumerType
public interface Scenario<S> {
    /**
     * The state of an empty storage.
     *
     * @return such as an empty list
     */
    S nothing();

    /**
     * Writes on an empty storage. Notes each submission before it is made, and each acknowledgement.
     *
     * @param storage where to write
     * @param ledger takes the notes
     * @throws Exception if the storage fails
     */
    void run(Storage storage, Ledger<S> ledger) throws Exception;

    /**
     * Opens what a crash left, hands it to {@link Ledger#recovered}, and proves that it goes on: writes more, with notes.
     *
     * @param storage what was left, perhaps nothing
     * @param ledger takes the notes
     * @throws Exception if the storage fails
     */
    void recover(Storage storage, Ledger<S> ledger) throws Exception;
}
