package org.seawall.testkit;

import java.io.IOException;
import java.util.function.Supplier;

/**
 * Runs a scenario again and again and takes the power away at every single operation, before, in the middle of and after it,
 * with several seeds for what is left. What is left is recovered, written to, and crashed and recovered once more.
 *
 * @param storages makes an empty storage for each run
 * @param seeds how many seeds per operation; the first four are the extremes
 * @param every which operations are tried: 1 for all, 5 for every fifth
 */
public record Crashes(Supplier<Storage> storages, int seeds, int every) {
    private static final int SEEDS = 8;

    /**
     * At every operation.
     *
     * @param storages makes an empty storage for each run
     * @param seeds how many seeds per operation
     */
    public Crashes(Supplier<Storage> storages, int seeds) {
        this(storages, seeds, 1);
    }

    /**
     * The power goes at every operation of the scenario, in memory.
     *
     * @param scenario what to run
     * @return how many crash states were recovered
     */
    public static long everyStep(Scenario<?> scenario) {
        return new Crashes(Storage::inMemory, SEEDS).steps(scenario);
    }

    /**
     * The process dies at every operation of the scenario, and at every operation of the restart the power goes, in memory.
     *
     * @param scenario what to run
     * @return how many crash states were recovered
     */
    public static long everyStepOfRecovery(Scenario<?> scenario) {
        return new Crashes(Storage::inMemory, SEEDS).stepsOfRecovery(scenario);
    }

    /**
     * Every operation of the scenario fails in turn, then the power goes, in memory.
     *
     * @param scenario what to run; goes on after a failure as far as it can
     * @return how many crash states were recovered
     */
    public static long everyFailure(Scenario<?> scenario) {
        return new Crashes(Storage::inMemory, SEEDS).failures(scenario);
    }

    /**
     * As {@link #everyStep}, on these storages.
     *
     * @param scenario what to run
     * @return how many crash states were recovered
     */
    public long steps(Scenario<?> scenario) {
        return every(scenario, Trial::stopping);
    }

    /**
     * As {@link #everyFailure}, on these storages.
     *
     * @param scenario what to run
     * @return how many crash states were recovered
     */
    public long failures(Scenario<?> scenario) {
        return every(scenario, Trial::failing);
    }

    /**
     * As {@link #everyStepOfRecovery}, on these storages.
     *
     * @param scenario what to run
     * @return how many crash states were recovered
     */
    public long stepsOfRecovery(Scenario<?> scenario) {
        long states = 0;
        for (long first = 1; ; first += every) {
            boolean stopped = false;
            for (long second = 1; ; second += every) {
                boolean stoppedAgain = false;
                for (int seed = 0; seed < seeds; seed++) {
                    Trial<?> trial = new Trial<>(scenario, storages.get(), seed);
                    stopped = trial.stopping(first, Moment.AFTER);
                    stoppedAgain = trial.restarting(second);
                    trial.verify();
                    states++;
                }
                if (!stoppedAgain) {
                    break;
                }
            }
            if (!stopped) {
                return states;
            }
        }
    }

    /**
     * The process dies at every operation of the scenario, before, in the middle of and after it, and the machine goes on:
     * what was acknowledged as written is there. Then the power goes.
     *
     * @param scenario what to run
     * @return how many crash states were recovered
     */
    public long deaths(Scenario<?> scenario) {
        long states = 0;
        for (long operation = 1; ; operation += every) {
            for (Moment moment : Moment.values()) {
                Trial<?> trial = new Trial<>(scenario, storages.get(), operation % seeds);
                boolean stopped = trial.stopping(operation, moment);
                trial.restart();
                trial.verify();
                states++;
                if (!stopped) {
                    return states;
                }
            }
        }
    }

    private interface Way {
        boolean run(Trial<?> trial, long operation, Moment moment);
    }

    private long every(Scenario<?> scenario, Way way) {
        long states = 0;
        for (long operation = 1; ; operation += every) {
            Reached before = trials(scenario, way, operation, Moment.BEFORE);
            states += seeds;
            if (before == Reached.NOT) {
                return states;
            }
            if (before == Reached.A_WRITE) {
                trials(scenario, way, operation, Moment.MIDDLE);
                states += seeds;
            }
            trials(scenario, way, operation, Moment.AFTER);
            states += seeds;
        }
    }

    private enum Reached {
        NOT,
        A_WRITE,
        ANOTHER
    }

    private Reached trials(Scenario<?> scenario, Way way, long operation, Moment moment) {
        Reached reached = Reached.NOT;
        for (int seed = 0; seed < seeds; seed++) {
            Trial<?> trial = new Trial<>(scenario, storages.get(), seed);
            boolean hit = way.run(trial, operation, moment);
            boolean write = hit && trial.operation(operation).startsWith("write ");
            reached = write ? Reached.A_WRITE : hit ? Reached.ANOTHER : Reached.NOT;
            trial.verify();
        }
        return reached;
    }

    /** One run of a scenario with one misfortune. */
    private static final class Trial<S> {
        private final Scenario<S> scenario;
        private final Storage storage;
        private final long seed;
        private final Ledger<S> ledger;
        private FaultyFileSystem process;

        Trial(Scenario<S> scenario, Storage storage, long seed) {
            this.scenario = scenario;
            this.storage = storage;
            this.seed = seed;
            this.ledger = new Ledger<>(scenario.nothing());
            this.process = new FaultyFileSystem(storage.files(), seed);
        }

        boolean stopping(long operation, Moment moment) {
            process.stopAt(operation, moment);
            attempt(() -> scenario.run(storage.through(process), ledger), process::stopped);
            return process.stopped();
        }

        boolean failing(long operation, Moment moment) {
            process.failAt(operation, moment);
            attempt(
                    () -> scenario.run(storage.through(process), ledger),
                    () -> process.history().size() >= operation);
            return process.history().size() >= operation;
        }

        String operation(long number) {
            return process.history().get((int) number - 1);
        }

        void restart() {
            FaultyFileSystem died = process;
            begin();
            recover(died);
        }

        private void begin() {
            try {
                process = process.restart(seed);
            } catch (IOException e) {
                throw new AssertionError("not restarted" + at(process), e);
            }
        }

        boolean restarting(long operation) {
            begin();
            process.stopAt(operation, Moment.AFTER);
            attempt(() -> scenario.recover(storage.through(process), ledger), process::stopped);
            return process.stopped();
        }

        void verify() {
            crashAndRecover();
            crashAndRecover();
        }

        private void crashAndRecover() {
            FaultyFileSystem crashed = process;
            try {
                process.crash();
                process = new FaultyFileSystem(storage.files(), seed);
            } catch (IOException e) {
                throw new AssertionError("not crashed" + at(crashed), e);
            }
            ledger.powerLost();
            recover(crashed);
        }

        private void recover(FaultyFileSystem crashed) {
            try {
                int recoveries = ledger.recoveries();
                scenario.recover(storage.through(process), ledger);
                if (ledger.recoveries() == recoveries) {
                    throw new AssertionError("scenario did not say what it recovered");
                }
            } catch (Exception | AssertionError e) {
                throw new AssertionError("not recovered as it should be: " + e.getMessage() + at(crashed), e);
            }
        }

        private interface Part {
            void run() throws Exception;
        }

        private void attempt(Part part, Supplier<Boolean> misfortune) {
            try {
                part.run();
            } catch (Exception e) {
                if (!misfortune.get()) {
                    throw new AssertionError("scenario failed by itself" + at(process), e);
                }
            }
        }

        private static String at(FaultyFileSystem process) {
            return ", history=" + process.history() + ", at=" + process;
        }
    }
}
