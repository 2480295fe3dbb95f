/** Entries to and from Avro object containers. */
package org.seawall.serializer.avro;
