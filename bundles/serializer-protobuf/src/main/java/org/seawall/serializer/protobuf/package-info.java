/** Entries to and from protocol buffers. */
package org.seawall.serializer.protobuf;
