package org.seawall.filesystem.common;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.seawall.SeawallException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries on a bucket what the laws need of it, once before the first write to it: a store that takes conditions and ignores them
 * would lose another writer's commits without a word. It takes seven requests on an object of its own, beside the file that is
 * to be written, under a name that no list shows; the object is removed. A rule by which the store deletes what is written here is
 * warned of, where the store tells it.
 */
final class ConformanceProbe {

    private static final Logger LOG = LoggerFactory.getLogger(ConformanceProbe.class);

    /** What is tried, on an object of its own. */
    interface Trial {
        void of(Target probe) throws IOException;
    }

    private final StoreCalls calls;
    private final Trial trial;
    private final boolean warns;
    private final Map<String, Verdict> verdicts = new ConcurrentHashMap<>();

    ConformanceProbe(StoreCalls calls) {
        this.calls = calls;
        this.trial = this::conditions;
        this.warns = true;
    }

    /** Another trial, of as many buckets, with the same consequences. */
    ConformanceProbe(StoreCalls calls, Trial trial) {
        this.calls = calls;
        this.trial = trial;
        this.warns = false;
    }

    /** What is known of a bucket. */
    private static final class Verdict {
        private boolean passed;
        private Optional<StoreRefusedException> refused = Optional.empty();
    }

    /** Returns when the bucket is known to keep its conditions; on one of the file system's threads. */
    void check(String name, Target near) throws IOException {
        Verdict verdict = verdicts.computeIfAbsent(name, missing -> new Verdict());
        synchronized (verdict) {
            if (verdict.refused.isPresent()) {
                throw new StoreRefusedException(verdict.refused.get());
            }
            if (!verdict.passed) {
                try {
                    probe(near);
                    verdict.passed = true;
                    if (warns) {
                        warn(near);
                    }
                } catch (StoreRefusedException e) {
                    verdict.refused = Optional.of(e);
                    throw e;
                }
            }
        }
    }

    private void probe(Target near) throws IOException {
        String key = near.siblings() + ObjectPath.OWN + "probe-" + UUID.randomUUID();
        Target probe = new Target(near.location(), near.bucket(), key);
        try {
            trial.of(probe);
        } catch (IOException | SeawallException e) {
            try {
                remove(probe);
            } catch (IOException | SeawallException left) {
                e.addSuppressed(left);
            }
            throw e;
        }
        remove(probe);
    }

    /** Many may not read the rules of a bucket, and not every store has them; a log works without. */
    private void warn(Target near) {
        try {
            near.bucket()
                    .expiry(near.key())
                    .ifPresent(rule -> LOG.warn(
                            "the store deletes files here when they get old, and a log that misses one does not open again;"
                                    + " take the directory out of the bucket's rule, rule={}, file={}",
                            rule,
                            near.location()));
        } catch (IOException | SeawallException e) {
            LOG.debug("rules of the bucket are not told, file={}", near.location(), e);
        }
    }

    private void remove(Target probe) throws IOException {
        calls.retries().repeat(() -> {
            probe.bucket().delete(List.of(probe.key()));
            return probe;
        });
    }

    private void conditions(Target probe) throws IOException {
        Bucket.Condition absent = new Bucket.Condition.Absent();
        StoredObject first = written(probe, "first", absent);
        refused(probe, "create if absent", absent);
        StoredObject second = written(probe, "second", new Bucket.Condition.Version(first.version()));
        refused(
                probe,
                "replace if of this version",
                new Bucket.Condition.Version(probe.bucket().compared(first.version())));
        Page page = calls.retries().repeat(() -> probe.bucket().list(probe.key(), false, Optional.empty()));
        if (page.objects().stream().noneMatch(object -> object.key().equals(probe.key()))) {
            throw new StoreRefusedException("a list does not show what was just written", probe);
        }
        ByteBuffer part = ByteBuffer.allocate(3);
        calls.retries().repeat(() -> {
            probe.bucket().read(second, 2, part.clear());
            return part;
        });
        if (!new String(part.array(), StandardCharsets.UTF_8).equals("con")) {
            throw new StoreRefusedException("a read of a range gives other bytes than were written", probe);
        }
    }

    private StoredObject written(Target probe, String text, Bucket.Condition condition) throws IOException {
        if (write(probe, text, condition) instanceof Outcome.Written written) {
            return written.object();
        }
        throw new StoreRefusedException("a condition holds and is said not to, condition=" + condition, probe);
    }

    private void refused(Target probe, String name, Bucket.Condition condition) throws IOException {
        if (write(probe, "third", condition) instanceof Outcome.Written) {
            throw new StoreRefusedException("the store ignores the condition of a write, condition=" + name, probe);
        }
    }

    private Outcome write(Target probe, String text, Bucket.Condition condition) throws IOException {
        return calls.write(probe, List.of(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8))), condition);
    }
}
