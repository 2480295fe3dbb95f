package org.seawall.shell;

import org.seawall.WriteAheadLog;
import org.seawall.catalog.CollectionInfo;
import org.seawall.catalog.CollectionNotFoundException;
import org.seawall.catalog.CollectionSpec;
import org.seawall.search.VectorSearch;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The collection that a command is about. */
final class Target {
    @Parameters(index = "0", paramLabel = "NAME", description = "The collection.")
    private String name;

    @Mixin
    private final LogChoice choice;

    Target(Logs logs) {
        choice = new LogChoice(logs);
    }

    /** The name, once it is one. */
    String name() {
        CollectionSpec.checkName(name);
        return name;
    }

    WriteAheadLog log() throws InterruptedException {
        name();
        return choice.log();
    }

    VectorSearch search() throws InterruptedException {
        return choice.search();
    }

    CollectionInfo find(WriteAheadLog log) {
        return log.catalog().find(name()).orElseThrow(() -> new CollectionNotFoundException(name, log.name()));
    }
}
