/** What the serializers have in common. Each of them holds a private copy; nobody exports it. */
package org.seawall.serializer.common;
