package org.seawall.core;

/** The same with one blob for each commit. */
class AzureObjectsTest extends AzureTest {
    AzureObjectsTest(Store store) {
        super(store);
    }

    @Override
    boolean appendBlobs() {
        return false;
    }
}
