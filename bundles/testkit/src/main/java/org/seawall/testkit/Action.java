package org.seawall.testkit;

import java.io.IOException;

/** Something that a rule does with a storage in its different states. */
interface Action<T> {
    void with(T subject) throws IOException;
}
