package org.seawall.viper.manifest;

import java.io.IOException;

/** Another manifest has the version. Nothing was committed and never will be by that attempt. Read the newest and try on it. */
public final class LostRaceException extends IOException {
    private static final long serialVersionUID = 1L;

    LostRaceException(String file, Throwable cause) {
        super("another writer has committed this version, manifest=" + file, cause);
    }
}
