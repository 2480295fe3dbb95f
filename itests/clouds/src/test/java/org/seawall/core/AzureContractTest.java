package org.seawall.core;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.seawall.strategy.append.SealStrategy;
import org.seawall.strategy.object.ObjectStrategy;
import org.seawall.testkit.Subject;

@OnCloud(Cloud.AZURE)
class AzureContractTest {
    private final Store store;

    AzureContractTest(Store store) {
        this.store = store;
    }

    @Nested
    @Subject("Azure")
    @EnabledIfSystemProperty(named = "clouds.account", matches = "true")
    class Files extends FilesOnStore {
        Files() {
            super(store);
        }
    }

    @Nested
    @Subject(value = "object", on = "Azure")
    class Objects extends StrategyOnStore {
        Objects() {
            super(new ObjectStrategy(), store);
        }
    }

    @Nested
    @Subject(value = "append", on = "Azure")
    class Appending extends StrategyOnStore {
        Appending() {
            super(new SealStrategy(), store);
        }
    }

    @Nested
    @Subject(value = "object", on = "Azure")
    class LogOfObjects extends LogOnStore {
        LogOfObjects() {
            super(new ObjectStrategy(), store);
        }
    }

    @Nested
    @Subject(value = "append", on = "Azure")
    class LogThatGrows extends LogOnStore {
        LogThatGrows() {
            super(new SealStrategy(), store);
        }
    }
}
