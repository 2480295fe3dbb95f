package org.seawall.testkit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a class that extends a contract tests, by the name that its results are written down under. Without it they are under
 * the name of the class.
 */
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Subject {
    /**
     * The plug-in, such as {@code avro}.
     *
     * @return its name
     */
    String value();

    /**
     * For what needs a storage, that which it is tried on.
     *
     * @return its name
     */
    String on() default "memory";
}
