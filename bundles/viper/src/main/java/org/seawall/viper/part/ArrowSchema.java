package org.seawall.viper.part;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;

/**
 * What Arrow's readers look for in a footer to know that all vectors are of one length, which Parquet has no word for: the columns as a
 * message of Arrow's IPC. All but the length is fixed, so it is a constant, made by Arrow, with a hole for the length.
 */
final class ArrowSchema {
    /** Key in the footer. */
    static final String KEY = "ARROW:schema";

    /** Where the length of a vector is, an int in little-endian. */
    static final int LENGTH_OFFSET = 656;

    private static final String MESSAGE =
            "//////gCAAAQAAAAAAAKAAwABgAFAAgACgAAAAABBAAMAAAACAAIAAAABAAIAAAABAAAAAkAAACgAgAAIAIAAHABAAA8AQAA"
                    + "EAEAALgAAAB4AAAAOAAAAAQAAACU/f//AAAAAhAAAAAYAAAABAAAAAAAAAAHAAAAdmVyc2lvbgDM////AAAAAUAAAADE/f//"
                    + "AAAAAhAAAAAkAAAABAAAAAAAAAAIAAAAc2VxdWVuY2UAAAAACAAMAAgABwAIAAAAAAAAAUAAAACA////AAABChAAAAAcAAAA"
                    + "BAAAAAAAAAAKAAAAZXhwaXJlc19hdAAAxP///wAAAQAEAAAAAwAAAFVUQwA8/v//AAAAChAAAAAkAAAABAAAAAAAAAAJAAAA"
                    + "dGltZXN0YW1wAAAACAAMAAYACAAIAAAAAAABAAQAAAADAAAAVVRDABAAFAAIAAYABwAMAAAAEAAQAAAAAAABBBAAAAAYAAAA"
                    + "BAAAAAAAAAAHAAAAcGF5bG9hZACE/v//uP7//wAAAAUQAAAAIAAAAAQAAAAAAAAADgAAAG1ldGFkYXRhX3R5cGVzAAC0/v//"
                    + "6P7//wAAABEUAAAAIAAAAAQAAAABAAAAGAAAAAgAAABtZXRhZGF0YQAAAADk/v//GP///wAAAA0YAAAAIAAAAAQAAAACAAAA"
                    + "QAAAABQAAAAHAAAAZW50cmllcwAU////SP///wAAAAUQAAAAGAAAAAQAAAAAAAAABQAAAHZhbHVlAAAAPP///3D///8AAAAF"
                    + "EAAAABQAAAAEAAAAAAAAAAMAAABrZXkAYP///5T///8AAAAQFAAAACQAAAAEAAAAAQAAACAAAAAGAAAAdmVjdG9yAAAAAAYA"
                    + "CAAEAAYAAAAAAAAAzP///wAAAAMQAAAAIAAAAAQAAAAAAAAABwAAAGVsZW1lbnQAAAAGAAgABgAGAAAAAAABABAAFAAIAAAA"
                    + "BwAMAAAAEAAQAAAAAAAABRAAAAAYAAAABAAAAAAAAAACAAAAaWQAAAQABAAEAAAA";

    private ArrowSchema() {}

    /**
     * The value of the key.
     *
     * @param dimension components of every row's vector; there is no row without one
     */
    static String of(int dimension) {
        byte[] message = Base64.getDecoder().decode(MESSAGE);
        ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN).putInt(LENGTH_OFFSET, dimension);
        return Base64.getEncoder().encodeToString(message);
    }
}
