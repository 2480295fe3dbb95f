package org.seawall.testkit;

import java.io.IOException;
import java.util.Locale;

/** A failure that a test asked for. */
final class InjectedFailure extends IOException {
    private static final long serialVersionUID = 1L;

    private final Moment moment;

    InjectedFailure(Moment moment, String operation) {
        super("injected failure, moment=" + moment.name().toLowerCase(Locale.ROOT) + ", operation=" + operation);
        this.moment = moment;
    }

    Moment moment() {
        return moment;
    }
}
