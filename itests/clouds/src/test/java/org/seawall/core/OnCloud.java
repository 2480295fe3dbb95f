package org.seawall.core;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Tests on an object store, which is a parameter of type {@link Store}: the emulator that the build starts, or with
 * {@code -Pcloud} the account that the environment names. Without it they are skipped.
 */
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@ExtendWith(StoreExtension.class)
@interface OnCloud {
    /** Which one. */
    Cloud value();
}
