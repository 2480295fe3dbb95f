package org.seawall.serializer.protobuf;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.seawall.serializer.common.BatchLimit;

/** What can be set of the protobuf serializer. */
@ObjectClassDefinition(
        name = "Seawall Serializer Protobuf",
        description = "Writes segments as protocol buffers, and reads them.")
public @interface ProtobufConfiguration {
    /**
     * The largest batch.
     *
     * @return bytes
     */
    @AttributeDefinition(
            name = "Largest batch",
            description =
                    "Bytes of a batch's encoded entries; what is larger is refused. Also what a reader allocates at"
                            + " most for a batch: do not set it below what the logs hold already, they could not be read."
                            + " In bytes, 1024 to 1073741824.",
            min = "1024",
            max = "1073741824")
    int maxBatchBytes() default BatchLimit.DEFAULT;
}
