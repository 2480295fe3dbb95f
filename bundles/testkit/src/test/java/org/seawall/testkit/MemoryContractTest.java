package org.seawall.testkit;

@Subject("memory")
class MemoryContractTest extends FileSystemContract {
    private final Storage storage = Storage.inMemory();

    @Override
    public Storage storage() {
        return storage;
    }
}
