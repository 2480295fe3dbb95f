package org.seawall.core;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.seawall.strategy.append.AppendStrategy;
import org.seawall.strategy.object.ObjectStrategy;
import org.seawall.testkit.Subject;

@OnCloud(Cloud.S3)
class S3ContractTest {
    private final Store store;

    S3ContractTest(Store store) {
        this.store = store;
    }

    @Nested
    @Subject("S3")
    @EnabledIfSystemProperty(named = "clouds.account", matches = "true")
    class Files extends FilesOnStore {
        Files() {
            super(store);
        }
    }

    @Nested
    @Subject(value = "object", on = "S3")
    class Objects extends StrategyOnStore {
        Objects() {
            super(new ObjectStrategy(), store);
        }
    }

    @Nested
    @Subject(value = "append", on = "S3")
    class Appending extends StrategyOnStore {
        Appending() {
            super(new AppendStrategy(), store);
        }
    }

    @Nested
    @Subject(value = "object", on = "S3")
    class LogOfObjects extends LogOnStore {
        LogOfObjects() {
            super(new ObjectStrategy(), store);
        }
    }

    @Nested
    @Subject(value = "append", on = "S3")
    class LogThatGrows extends LogOnStore {
        LogThatGrows() {
            super(new AppendStrategy(), store);
        }
    }
}
