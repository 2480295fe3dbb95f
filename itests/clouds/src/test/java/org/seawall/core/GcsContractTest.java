package org.seawall.core;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.seawall.strategy.append.AppendStrategy;
import org.seawall.strategy.object.ObjectStrategy;
import org.seawall.testkit.Subject;

@OnCloud(Cloud.GCS)
class GcsContractTest {
    private final Store store;

    GcsContractTest(Store store) {
        this.store = store;
    }

    @Nested
    @Subject("GCS")
    @EnabledIfSystemProperty(named = "clouds.account", matches = "true")
    class Files extends FilesOnStore {
        Files() {
            super(store);
        }
    }

    @Nested
    @Subject(value = "object", on = "GCS")
    class Objects extends StrategyOnStore {
        Objects() {
            super(new ObjectStrategy(), store);
        }
    }

    @Nested
    @Subject(value = "append", on = "GCS")
    class Appending extends StrategyOnStore {
        Appending() {
            super(new AppendStrategy(), store);
        }
    }

    @Nested
    @Subject(value = "object", on = "GCS")
    class LogOfObjects extends LogOnStore {
        LogOfObjects() {
            super(new ObjectStrategy(), store);
        }
    }

    @Nested
    @Subject(value = "append", on = "GCS")
    class LogThatGrows extends LogOnStore {
        LogThatGrows() {
            super(new AppendStrategy(), store);
        }
    }
}
