/** What happens to logs and collections, as events of EventAdmin. */
package org.seawall.events;
