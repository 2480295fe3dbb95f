/** Files as objects on S3, and on what speaks its protocol. */
package org.seawall.filesystem.s3;
