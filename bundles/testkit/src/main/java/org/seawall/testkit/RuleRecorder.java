package org.seawall.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;
import org.opentest4j.TestAbortedException;

/** Writes down what became of the rules of a class, into the directory that {@link #DIRECTORY} says. */
final class RuleRecorder implements BeforeAllCallback, AfterAllCallback, TestWatcher {
    /** A parameter of JUnit; empty for no record. Where it is not set, {@code target/conformance}, if there is a target. */
    static final String DIRECTORY = "seawall.conformance";

    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(RuleRecorder.class);
    private static final Path BUILD = Path.of("target");

    @Override
    public void beforeAll(ExtensionContext context) {
        context.getStore(NAMESPACE).put(RuleRecord.class, new RuleRecord(context.getRequiredTestClass()));
    }

    @Override
    public void testSuccessful(ExtensionContext test) {
        note(test, RuleResult.PASSED);
    }

    @Override
    public void testFailed(ExtensionContext test, Throwable cause) {
        note(test, RuleResult.failed(cause));
    }

    @Override
    public void testAborted(ExtensionContext test, Throwable cause) {
        note(test, RuleResult.aborted(cause));
    }

    @Override
    public void testDisabled(ExtensionContext test, Optional<String> reason) {
        note(test, RuleResult.skipped(reason.orElse("disabled")));
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        RuleResult rest =
                context.getExecutionException().map(RuleRecorder::ended).orElse(RuleResult.notRun("not run"));
        Optional<Path> directory = directory(context);
        if (directory.isPresent()) {
            record(context).write(directory.get(), rest);
        }
    }

    /** What ended a class before its tests. */
    private static RuleResult ended(Throwable failure) {
        return failure instanceof TestAbortedException
                ? RuleResult.aborted(failure)
                : RuleResult.notRun(String.valueOf(failure));
    }

    private static Optional<Path> directory(ExtensionContext context) {
        Optional<String> set = context.getConfigurationParameter(DIRECTORY);
        if (set.isPresent()) {
            return set.filter(text -> !text.isBlank()).map(Path::of);
        }
        return Files.isDirectory(BUILD) ? Optional.of(BUILD.resolve("conformance")) : Optional.empty();
    }

    private static void note(ExtensionContext test, RuleResult result) {
        record(test).note(test.getRequiredTestMethod(), result);
    }

    private static RuleRecord record(ExtensionContext context) {
        return context.getStore(NAMESPACE).get(RuleRecord.class, RuleRecord.class);
    }
}
