package org.seawall.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Each rule catches who breaks it. */
class WrongBackendsTest {
    private final ContractRun run = new ContractRun();

    @Test
    void wrongFileSystemsAreCaught() {
        for (WrongFileSystem wrong : WrongFileSystem.values()) {
            run.against(WrongFileSystemRun.class, wrong.name(), wrong.rule);
        }
        verify();
    }

    @Test
    void wrongStrategiesAreCaught() {
        for (RollingFlaw flaw : RollingFlaw.values()) {
            if (flaw != RollingFlaw.NONE) {
                run.against(WrongRollingRun.class, flaw.name(), flaw.rule);
            }
        }
        verify();
    }

    @Test
    void wrongStrategiesWithASegmentPerCommitAreCaught() {
        for (CreatingStrategy.Flaw flaw : CreatingStrategy.Flaw.values()) {
            if (flaw != CreatingStrategy.Flaw.NONE) {
                run.against(WrongCreatingRun.class, flaw.name(), flaw.rule);
            }
        }
        verify();
    }

    @Test
    void wrongSerializersAreCaught() {
        for (PlainFlaw flaw : PlainFlaw.values()) {
            if (flaw != PlainFlaw.NONE) {
                run.against(WrongPlainRun.class, flaw.name(), flaw.rule);
            }
        }
        verify();
    }

    @Test
    void wrongLogsAreCaught() {
        for (JournalFlaw flaw : JournalFlaw.values()) {
            if (flaw != JournalFlaw.NONE) {
                run.against(WrongJournalRun.class, flaw.name(), flaw.rule);
            }
        }
        verify();
    }

    private void verify() {
        System.out.println("| rule | wrong backend | caught | all rules that failed |");
        System.out.println("|---|---|---|---|");
        run.table().forEach(System.out::println);
        assertEquals(List.of(), run.uncaught());
    }
}
