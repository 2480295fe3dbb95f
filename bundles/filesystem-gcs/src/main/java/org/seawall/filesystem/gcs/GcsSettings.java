package org.seawall.filesystem.gcs;

import java.util.function.UnaryOperator;

/**
 * A configuration that was checked.
 *
 * @param access which store, and who asks
 * @param http by which connections
 * @param objects how objects are written and read
 * @param calls how requests are repeated, and what is tried before
 */
record GcsSettings(GcsAccess access, HttpSettings http, ObjectSettings objects, CallSettings calls) {

    static GcsSettings of(GcsConfiguration configuration) {
        return of(configuration, System::getenv);
    }

    static GcsSettings of(GcsConfiguration configuration, UnaryOperator<String> environment) {
        return new GcsSettings(
                GcsAccess.of(configuration, environment),
                HttpSettings.of(configuration),
                ObjectSettings.of(configuration),
                CallSettings.of(configuration));
    }
}
