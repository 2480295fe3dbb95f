package org.seawall.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Each rule catches who breaks it, and there is somebody who breaks it. */
class WrongBackendsTest {
    private static final Path TABLE = Path.of("target", "wrong-backends.md");

    private final ContractRun run = new ContractRun();

    @BeforeAll
    static void beginTable() throws IOException {
        Files.createDirectories(TABLE.toAbsolutePath().getParent());
        Files.writeString(TABLE, "| rule | wrong backend | caught | all rules that failed |\n|---|---|---|---|\n");
    }

    /** Without a list of exceptions: so far every rule can be broken by somebody. */
    @Test
    void everyRuleHasAWrongBackend() {
        Set<String> broken = new TreeSet<>();
        Stream.of(WrongFileSystem.values()).forEach(wrong -> broken.add(wrong.rule));
        Stream.of(WrongSealing.values()).forEach(wrong -> broken.add(wrong.rule));
        Stream.of(GrowingStrategy.Flaw.values()).forEach(wrong -> broken.add(wrong.rule));
        Stream.of(RollingFlaw.values()).forEach(wrong -> broken.add(wrong.rule));
        Stream.of(CreatingStrategy.Flaw.values()).forEach(wrong -> broken.add(wrong.rule));
        Stream.of(PlainFlaw.values()).forEach(wrong -> broken.add(wrong.rule));
        Stream.of(JournalFlaw.values()).forEach(wrong -> broken.add(wrong.rule));
        broken.removeIf(String::isEmpty);
        assertEquals(new Rules().numbers(), broken);
    }

    @Test
    void wrongFileSystemsAreCaught() throws IOException {
        for (WrongFileSystem wrong : WrongFileSystem.values()) {
            run.against(WrongFileSystemRun.class, wrong.name(), wrong.rule);
        }
        verify();
    }

    @Test
    void wrongFileSystemsThatSealAreCaught() throws IOException {
        for (WrongSealing wrong : WrongSealing.values()) {
            run.against(WrongSealingRun.class, wrong.name(), wrong.rule);
        }
        verify();
    }

    @Test
    void wrongStrategiesThatSealAreCaught() throws IOException {
        for (GrowingStrategy.Flaw flaw : GrowingStrategy.Flaw.values()) {
            if (flaw != GrowingStrategy.Flaw.NONE) {
                run.against(WrongGrowingRun.class, flaw.name(), flaw.rule);
            }
        }
        verify();
    }

    @Test
    void wrongStrategiesAreCaught() throws IOException {
        for (RollingFlaw flaw : RollingFlaw.values()) {
            if (flaw != RollingFlaw.NONE) {
                run.against(WrongRollingRun.class, flaw.name(), flaw.rule);
            }
        }
        verify();
    }

    @Test
    void wrongStrategiesWithASegmentPerCommitAreCaught() throws IOException {
        for (CreatingStrategy.Flaw flaw : CreatingStrategy.Flaw.values()) {
            if (flaw != CreatingStrategy.Flaw.NONE) {
                run.against(WrongCreatingRun.class, flaw.name(), flaw.rule);
            }
        }
        verify();
    }

    @Test
    void wrongSerializersAreCaught() throws IOException {
        for (PlainFlaw flaw : PlainFlaw.values()) {
            if (flaw != PlainFlaw.NONE) {
                run.against(WrongPlainRun.class, flaw.name(), flaw.rule);
            }
        }
        verify();
    }

    @Test
    void wrongLogsAreCaught() throws IOException {
        for (JournalFlaw flaw : JournalFlaw.values()) {
            if (flaw != JournalFlaw.NONE) {
                run.against(WrongJournalRun.class, flaw.name(), flaw.rule);
            }
        }
        verify();
    }

    private void verify() throws IOException {
        System.out.println("| rule | wrong backend | caught | all rules that failed |");
        System.out.println("|---|---|---|---|");
        run.table().forEach(System.out::println);
        Files.write(TABLE, run.table(), StandardOpenOption.APPEND);
        assertEquals(List.of(), run.uncaught());
    }
}
