package org.seawall.viper.exchange;

/** The values of a page that are there, one after the other, each decoded when it is asked for. */
abstract class Values {
    /**
     * The next number: the bits of a floating-point number, 0 or 1 for a boolean.
     *
     * @throws RuntimeException if there is none
     */
    long bits() {
        throw new IllegalArgumentException(
                "encoding that holds no numbers, encoding=" + getClass().getSimpleName());
    }

    /**
     * The next bytes.
     *
     * @throws RuntimeException if there are none
     */
    byte[] bytes() {
        throw new IllegalArgumentException(
                "encoding that holds no bytes, encoding=" + getClass().getSimpleName());
    }
}
