package org.seawall.itests.process;

import org.junit.jupiter.api.Test;

/**
 * Kills the process that writes, again and again; every process first prints what it recovered, then goes on.
 *
 * <p>A killed process loses nothing that it handed to the operating system: what a loss of power takes is tested where
 * files can be made to forget, in the file system's and the engine's own tests.
 */
class KillTest {
    private static final int HOMES = Integer.getInteger("kill.homes", 1);

    @Test
    void whatWasAcknowledgedIsThereAfterKillsAmongManySegmentsAndSnapshots() throws Exception {
        run("kill-small", new KillCampaign.Load("append", 20, 100, 65_536, 200_000));
    }

    /** A kill can cut a long write off in its middle. */
    @Test
    void whatWasAcknowledgedIsThereAfterKillsInLongWrites() throws Exception {
        run("kill-large", new KillCampaign.Load("append", 500, 15, 4_194_304, 20_000_000));
    }

    @Test
    void whatWasAcknowledgedIsThereAfterKillsWhereEveryGroupIsASegment() throws Exception {
        run("kill-object", new KillCampaign.Load("object", 20, 60, 65_536, 300_000));
    }

    private static void run(String name, KillCampaign.Load load) throws Exception {
        for (int home = 0; home < HOMES; home++) {
            new KillCampaign(name + "-" + home, load, Long.getLong("kill.seed", 1) + home).run();
        }
    }
}
