/** Files on Google Cloud Storage. */
package org.seawall.filesystem.gcs;
