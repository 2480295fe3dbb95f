package org.seawall.itests.container;

import java.util.List;

/** The threads of this JVM whose names say that they are ours. */
final class OurThreads {
    private OurThreads() {}

    static List<String> alive() {
        return threads().stream().map(Thread::getName).sorted().toList();
    }

    /** The names of those that have not ended in time. */
    static List<String> aliveAfterTheirEnd() throws InterruptedException {
        for (Thread thread : threads()) {
            thread.join(Await.MILLIS);
        }
        return alive();
    }

    private static List<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("seawall-"))
                .toList();
    }
}
