package org.seawall.testkit;

import java.util.function.Supplier;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Gives a contract class the wrong backend that its run is about, by a parameter of the run. */
final class WrongBackend implements BeforeEachCallback, Supplier<String> {
    static final String PARAMETER = "seawall.wrong";

    private String name = "";

    @Override
    public void beforeEach(ExtensionContext context) {
        name = context.getConfigurationParameter(PARAMETER).orElseThrow();
    }

    @Override
    public String get() {
        return name;
    }
}
