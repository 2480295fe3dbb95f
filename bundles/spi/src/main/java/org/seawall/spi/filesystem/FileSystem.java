package org.seawall.spi.filesystem;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Files on one kind of storage. Registered as a service with the property {@link #SCHEMES} while it works. Safe for use by
 * several threads.
 *
 * <p>Directories need not be made: a file's missing directories appear with it, and durably so where the file's own entry
 * is durable. A method that needs a {@link Capability} which {@link #capabilities()} does not name throws
 * {@link UnsupportedOperationException}.
 *
 * <p>Errors: {@link java.nio.file.NoSuchFileException} and {@link java.nio.file.FileAlreadyExistsException} with the
 * location, {@link org.seawall.StorageDeniedException} for credentials and permissions,
 * {@link org.seawall.OutcomeUnknownException} where a change may or may not have taken place, and any other
 * {@link IOException} for a storage that fails, in which case nothing is known to have changed.
 */
@ConsumerType
public interface FileSystem {

    /** Service property, String[]: the schemes of the locations that the file system serves, such as {@code file}. */
    String SCHEMES = "seawall.schemes";

    /** Service property, String[]: the names of {@link #capabilities()}, for those who look and do not ask. */
    String CAPABILITIES = "seawall.capabilities";

    /**
     * What the file system can do.
     *
     * @return the same set at every call
     */
    Set<Capability> capabilities();

    /**
     * What is directly in a directory.
     *
     * @param directory the directory
     * @return files and directories by name; none if the directory does not exist
     * @throws IOException if it cannot be listed; never an empty list instead
     */
    List<FileInfo> list(Location directory) throws IOException;

    /**
     * Looks a file or directory up.
     *
     * @param location where to look
     * @return what is there, or empty
     * @throws IOException if the storage fails
     */
    Optional<FileInfo> find(Location location) throws IOException;

    /**
     * Opens a file for reading.
     *
     * @param file the file
     * @return the open file
     * @throws IOException if it does not exist or the storage fails
     */
    FileInput open(Location file) throws IOException;

    /**
     * Opens a file as {@link #list} or {@link #find} told it, which an object store does without asking for it once more. What
     * is read is of that version and size; a file that was deleted or replaced since is refused here or by the first read.
     *
     * <p>Not for a file that still grows. Without an implementation of its own it is {@link #open(Location)}.
     *
     * @param file the file as it was told
     * @return the open file
     * @throws java.nio.file.NoSuchFileException if it is known not to be there any more
     * @throws IOException if it was replaced, or the storage fails
     */
    default FileInput open(FileInfo file) throws IOException {
        return open(file.location());
    }

    /**
     * Creates a file with all its content, if nothing has its name yet ({@link Capability#CREATE_EXCLUSIVE}). On return it
     * is durable, content and name. After a crash it is there whole or not at all.
     *
     * @param file the file
     * @param content its content, one buffer behind the other; consumed
     * @return the file
     * @throws java.nio.file.FileAlreadyExistsException if the name is taken; nothing changed
     * @throws IOException if the storage fails
     */
    FileInfo create(Location file, List<ByteBuffer> content) throws IOException;

    /**
     * Replaces a file's content, if nobody else did ({@link Capability#CONDITIONAL_REPLACE}). On return the new content is
     * durable. After a crash it has the old content or the new one, whole.
     *
     * @param file the file
     * @param content the new content; consumed
     * @param expected the version that is to be replaced, or empty if the file must not exist
     * @return the file as it is now
     * @throws java.nio.file.FileAlreadyExistsException if the file is of another version; nothing changed
     * @throws IOException if the storage fails
     */
    FileInfo replace(Location file, List<ByteBuffer> content, Optional<String> expected) throws IOException;

    /**
     * Creates an empty file that grows ({@link Capability#APPEND}). Its name is durable after
     * {@link #forceDirectory}.
     *
     * @param file the file
     * @return the open file at position 0
     * @throws java.nio.file.FileAlreadyExistsException if the name is taken; nothing changed
     * @throws IOException if the storage fails
     */
    AppendFile createAppendable(Location file) throws IOException;

    /**
     * Opens a file to go on at a position ({@link Capability#APPEND}).
     *
     * @param file the file
     * @param position where to go on; behind it the file holds nothing or zeroes, or it is truncated before it is written
     * @return the open file
     * @throws IOException if it does not exist, is shorter than the position, or the storage fails
     */
    AppendFile openAppendable(Location file, long position) throws IOException;

    /**
     * Appends to a file that grows until it is sealed ({@link Capability#SEAL}), if it is exactly as long as the caller says. On
     * return the content is durable. After a crash it is there whole or not at all. Of several callers that name one position
     * exactly one succeeds.
     *
     * <p>At position 0 a file that is missing is created first; a crash in between leaves an empty file. A caller that does not
     * succeed may leave one too.
     *
     * @param file the file
     * @param position how long the file has to be, in bytes: where the content goes
     * @param content what to append, within {@link #appendLimits()}, one buffer behind the other; consumed
     * @return the file as it is now
     * @throws AppendRefusedException if the file is of another length, was sealed, or was created whole; nothing was appended,
     *     and never will be
     * @throws java.nio.file.NoSuchFileException if it does not exist, and the position is not 0
     * @throws IOException if the storage fails
     */
    default FileInfo append(Location file, long position, List<ByteBuffer> content) throws IOException {
        throw new UnsupportedOperationException(
                "files do not grow until they are sealed, missing=" + Capability.SEAL + ", file=" + file);
    }

    /**
     * Ends the growing of a file for good ({@link Capability#SEAL}), whoever appends to it. On return its length is final, and
     * every append that was not in it by then fails. A file that is sealed already, or was created whole, stays as it is.
     *
     * @param file the file
     * @return the file, with its final length
     * @throws java.nio.file.NoSuchFileException if it does not exist
     * @throws IOException if the storage fails; the file may be sealed then
     */
    default FileInfo seal(Location file) throws IOException {
        throw new UnsupportedOperationException("files are not sealed, missing=" + Capability.SEAL + ", file=" + file);
    }

    /**
     * How much a file takes that grows until it is sealed ({@link Capability#SEAL}).
     *
     * @return the same at every call
     */
    default AppendLimits appendLimits() {
        throw new UnsupportedOperationException(
                "files do not grow until they are sealed, missing=" + Capability.SEAL + ", fileSystem=" + this);
    }

    /**
     * Gives a file another name ({@link Capability#ATOMIC_RENAME}). The change is durable after {@link #forceDirectory} of
     * both directories.
     *
     * @param from the file
     * @param to its new location on the same file system
     * @throws java.nio.file.FileAlreadyExistsException if the new name is taken; nothing changed
     * @throws IOException if the storage fails
     */
    void rename(Location from, Location to) throws IOException;

    /**
     * Makes the names in a directory durable: created, renamed and deleted ones ({@link Capability#FORCE}).
     *
     * @param directory the directory
     * @throws IOException if the storage fails; which names are durable is not known then
     */
    void forceDirectory(Location directory) throws IOException;

    /**
     * Deletes a file. Deleting one that does not exist does nothing.
     *
     * @param file the file
     * @throws IOException if the storage fails
     */
    void delete(Location file) throws IOException;

    /**
     * Deletes a directory with everything in it; may be repeated after a failure. One that does not exist is left alone.
     * On return the deletion is durable.
     *
     * @param directory the directory
     * @throws IOException if the storage fails; a part may be gone then
     */
    void deleteTree(Location directory) throws IOException;

    /**
     * Takes a lock without waiting ({@link Capability#LOCK}).
     *
     * @param file the file that stands for the lock; created if missing
     * @param holder words about the holder for those that are refused: process, host, time
     * @return the lock
     * @throws LockedException if somebody holds it, in this process or another; names the holder
     * @throws IOException if the storage fails
     */
    FileLock lock(Location file, String holder) throws IOException;
}
