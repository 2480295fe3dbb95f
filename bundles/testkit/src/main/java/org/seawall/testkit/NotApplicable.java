package org.seawall.testkit;

import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;
import org.opentest4j.TestAbortedException;
import org.seawall.spi.filesystem.Capability;

/** A rule that is about something else than what the plug-in is or claims to do. Other reasons to leave a test out are not. */
final class NotApplicable extends TestAbortedException {
    private static final long serialVersionUID = 1L;

    private final EnumSet<Capability> lacking = EnumSet.noneOf(Capability.class);

    private NotApplicable(String reason, Collection<Capability> lacking) {
        super(reason);
        this.lacking.addAll(lacking);
    }

    /** The capabilities without which the rule says nothing. */
    Set<Capability> lacking() {
        return lacking;
    }

    static void unless(boolean applicable, String reason) {
        if (!applicable) {
            throw new NotApplicable(reason, Set.of());
        }
    }

    static void unlessClaimed(Set<Capability> needed, Set<Capability> claimed) {
        Set<Capability> lacking = EnumSet.noneOf(Capability.class);
        lacking.addAll(needed);
        lacking.removeAll(claimed);
        if (!lacking.isEmpty()) {
            throw new NotApplicable("not claimed: " + lacking, lacking);
        }
    }
}
