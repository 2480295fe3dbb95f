package org.seawall.filesystem.common;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** A bucket behind a bad network: faults of its requests by a script, and behind its end drawn from a seed. */
public final class FaultyBucket implements GrowingBucket {

    /** A request that is still on its way. */
    @FunctionalInterface
    private interface Late {
        void arrive() throws IOException;
    }

    private final Bucket bucket;
    private final Random random;
    private final double probability;
    private final Deque<Fault> script = new ArrayDeque<>();
    private final Deque<Runnable> meanwhile = new ArrayDeque<>();
    private final List<Late> onTheirWay = new ArrayList<>();
    private int requests;

    /** Draws so many faults in a hundred. */
    public FaultyBucket(Bucket bucket, long seed, int percent) {
        this.bucket = bucket;
        this.random = new Random(seed);
        this.probability = percent / 100.0;
    }

    /** No fault but those that are told. */
    public FaultyBucket(Bucket bucket) {
        this(bucket, 0, 0);
    }

    /** The faults of the next requests, of whatever kind. */
    public synchronized FaultyBucket next(Fault... faults) {
        script.addAll(List.of(faults));
        return this;
    }

    /** What somebody else does between the next request and the one behind it. */
    public synchronized void afterNext(Runnable other) {
        meanwhile.add(other);
    }

    /** How many requests were made. */
    public synchronized int requests() {
        return requests;
    }

    /** Lets everything that is still on its way arrive. */
    public synchronized void settle() {
        onTheirWay.forEach(FaultyBucket::arrive);
        onTheirWay.clear();
    }

    private Fault fault() {
        requests++;
        onTheirWay.removeIf(late -> {
            boolean now = random.nextInt(3) == 0;
            if (now) {
                arrive(late);
            }
            return now;
        });
        if (!script.isEmpty()) {
            return script.remove();
        }
        Fault[] all = Fault.values();
        return random.nextDouble() < probability ? all[1 + random.nextInt(all.length - 1)] : Fault.NONE;
    }

    private static void arrive(Late late) {
        try {
            late.arrive();
        } catch (IOException e) {
            boolean refused = e instanceof ConditionFailedException
                    || e instanceof SealedException
                    || e instanceof NoSuchFileException;
            if (!refused) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private synchronized <T> T through(Retries.Request<T> request) throws IOException {
        try {
            return through(fault(), request);
        } finally {
            Optional.ofNullable(meanwhile.poll()).ifPresent(Runnable::run);
        }
    }

    private <T> T through(Fault fault, Retries.Request<T> request) throws IOException {
        switch (fault) {
            case NONE:
                return request.send();
            case SENT_TWICE:
                request.send();
                return request.send();
            case THROTTLED:
                throw new NotDoneException("throttled", null);
            case LOST_ANSWER:
                request.send();
                break;
            case LATE:
                onTheirWay.add(request::send);
                break;
            default:
                break;
        }
        throw new OutcomeOpenException("no answer, fault=" + fault, null);
    }

    @Override
    public Optional<StoredObject> head(String key) throws IOException {
        return through(() -> bucket.head(key));
    }

    @Override
    public Page list(String prefix, boolean deep, Optional<String> token) throws IOException {
        return through(() -> bucket.list(prefix, deep, token));
    }

    /** A read that fails leaves half of its bytes. */
    @Override
    public void read(StoredObject object, long offset, ByteBuffer target) throws IOException {
        ByteBuffer half = target.duplicate().limit(target.position() + target.remaining() / 2);
        try {
            through(() -> {
                bucket.read(object, offset, target.duplicate());
                return object;
            });
        } catch (OutcomeOpenException e) {
            half.put(new byte[half.remaining()]);
            throw e;
        }
    }

    @Override
    public StoredObject put(String key, List<ByteBuffer> content, Condition condition, String putId)
            throws IOException {
        return through(() -> bucket.put(key, content, condition, putId));
    }

    private GrowingBucket growing() {
        return (GrowingBucket) bucket;
    }

    @Override
    public void begin(String key) throws IOException {
        through(() -> {
            growing().begin(key);
            return key;
        });
    }

    @Override
    public StoredObject append(String key, long position, List<ByteBuffer> content) throws IOException {
        return through(() -> growing().append(key, position, content));
    }

    @Override
    public void seal(String key) throws IOException {
        through(() -> {
            growing().seal(key);
            return key;
        });
    }

    /** Not late: a deletion knows no condition that would keep it from what is created since. */
    @Override
    public synchronized void delete(List<String> keys) throws IOException {
        Fault fault = fault();
        through(fault == Fault.LATE ? Fault.LOST_REQUEST : fault, () -> {
            bucket.delete(keys);
            return keys;
        });
    }
}
