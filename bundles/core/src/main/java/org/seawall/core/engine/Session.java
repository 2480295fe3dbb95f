package org.seawall.core.engine;

import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.seawall.spi.filesystem.FileSystem;

/**
 * What all logs of one opening have in common. Immutable: another backend is another session.
 *
 * @param backend file system, strategy and serializers
 * @param current how to write, as it is set at present
 * @param commits runs the commits; never more than one of a log at a time
 * @param writer words in every batch that tell this session from any other
 * @param delays runs what is to be done later
 * @param reading how to read back
 * @param room is raised when memory was given back
 * @param takeover how a log changes hands
 * @param ending whether somebody waits for its end: long work that can be done later is left then
 */
public record Session(
        Backend backend,
        Supplier<EngineSettings> current,
        Executor commits,
        String writer,
        Delays delays,
        Reading reading,
        Signal room,
        Takeover takeover,
        BooleanSupplier ending) {
    /**
     * A session for whose memory nobody waits.
     *
     * @param backend file system, strategy and serializers
     * @param current how to write
     * @param commits runs the commits
     * @param writer words that tell this session from any other
     * @param delays runs what is to be done later
     * @param reading how to read back
     */
    public Session(
            Backend backend,
            Supplier<EngineSettings> current,
            Executor commits,
            String writer,
            Delays delays,
            Reading reading) {
        this(backend, current, commits, writer, delays, reading, new Signal(), Takeover.USUAL, () -> false);
    }

    /**
     * A session whose settings stay, on the time of the machine, and which reads one segment after the other.
     *
     * @param backend file system, strategy and serializers
     * @param settings how to write
     * @param commits runs the commits
     * @param writer words that tell this session from any other
     */
    public Session(Backend backend, EngineSettings settings, Executor commits, String writer) {
        this(backend, () -> settings, commits, writer, Delays.onto(commits), Reading.IN_TURN);
    }

    /**
     * How to write.
     *
     * @return the settings of this moment: to be asked again when they are used again
     */
    public EngineSettings settings() {
        return current.get();
    }

    /**
     * The same session for a log with settings of its own.
     *
     * @param own tells them
     * @return a copy
     */
    public Session with(Supplier<EngineSettings> own) {
        return new Session(backend, own, commits, writer, delays, reading, room, takeover, ending);
    }

    /**
     * The same session on other files.
     *
     * @param other where the files are
     * @return a copy
     */
    public Session on(FileSystem other) {
        Backend there =
                new Backend(other, backend.strategy(), backend.serializer(), backend.readers(), backend.clock());
        return new Session(there, current, commits, writer, delays, reading, room, takeover, ending);
    }

    /**
     * The same session with another way to read back.
     *
     * @param other the way
     * @return a copy
     */
    public Session reading(Reading other) {
        return new Session(backend, current, commits, writer, delays, other, room, takeover, ending);
    }

    /**
     * The same session in another time.
     *
     * @param other tells the time, and when it is over
     * @return a copy
     */
    public Session with(Delays other) {
        return new Session(backend, current, commits, writer, other, reading, room, takeover, ending);
    }

    /**
     * The same session for whose memory somebody waits.
     *
     * @param other is raised when memory was given back
     * @return a copy
     */
    public Session with(Signal other) {
        return new Session(backend, current, commits, writer, delays, reading, other, takeover, ending);
    }

    /**
     * The same session with other times for a log to change hands.
     *
     * @param other the times
     * @return a copy
     */
    public Session with(Takeover other) {
        return new Session(backend, current, commits, writer, delays, reading, room, other, ending);
    }

    /**
     * The same session whose end somebody may come to wait for.
     *
     * @param wanted whether somebody waits for it
     * @return a copy
     */
    public Session until(BooleanSupplier wanted) {
        return new Session(backend, current, commits, writer, delays, reading, room, takeover, wanted);
    }
}
