package org.seawall.testkit;

class MemoryContractTest extends FileSystemContract {
    private final Storage storage = Storage.inMemory();

    @Override
    public Storage storage() {
        return storage;
    }
}
