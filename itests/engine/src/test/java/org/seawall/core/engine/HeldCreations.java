package org.seawall.core.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/** Creates objects at once, or holds them until it is told which one comes next. */
final class HeldCreations implements Executor {
    private final List<Runnable> held = new ArrayList<>();
    private boolean holding;

    void hold() {
        holding = true;
    }

    int waiting() {
        return held.size();
    }

    /** Makes one of those that are held, by its place among them. */
    void make(int index) {
        held.remove(index).run();
    }

    /** Makes all that are held, and what follows from them, and holds nothing any more. */
    void release() {
        holding = false;
        while (!held.isEmpty()) {
            make(0);
        }
    }

    @Override
    public void execute(Runnable creation) {
        if (holding) {
            held.add(creation);
        } else {
            creation.run();
        }
    }
}
