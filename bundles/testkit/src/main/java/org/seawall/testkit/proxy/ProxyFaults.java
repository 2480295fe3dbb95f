package org.seawall.testkit.proxy;

import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.osgi.annotation.versioning.ConsumerType;

/** Decides what becomes of each request. Asked once for each, by one thread at a time. */
@FunctionalInterface
@ConsumerType
public interface ProxyFaults {
    /** Nothing goes wrong. */
    ProxyFaults NONE = request -> ProxyFault.NONE;

    /**
     * Asked for each request, when the proxy has it whole.
     *
     * @param request the request
     * @return what becomes of it
     */
    ProxyFault next(ProxiedRequest request);

    /**
     * Draws from a seed. With several connections the order of requests, and so what hits which, is the threads'.
     *
     * @param seed of the draw
     * @param percent how many requests in a hundred go wrong
     * @param faults in which ways; all that there are, if none is named
     * @return the faults
     */
    static ProxyFaults drawn(long seed, int percent, ProxyFault... faults) {
        Random random = new Random(seed);
        List<ProxyFault> kinds = List.of(faults.length == 0 ? ProxyFault.values() : faults).stream()
                .filter(fault -> fault != ProxyFault.NONE)
                .toList();
        return request -> random.nextInt(100) < percent ? kinds.get(random.nextInt(kinds.size())) : ProxyFault.NONE;
    }

    /**
     * Lets one request go wrong.
     *
     * @param which requests count
     * @param nth which of them, from 1
     * @param fault in which way
     * @return the faults
     */
    static ProxyFaults nth(Predicate<ProxiedRequest> which, long nth, ProxyFault fault) {
        return run(which, nth, 1, fault);
    }

    /**
     * Lets some requests in a row go wrong, as in a storm.
     *
     * @param which requests count
     * @param first of them, from 1
     * @param count how many
     * @param fault in which way
     * @return the faults
     */
    static ProxyFaults run(Predicate<ProxiedRequest> which, long first, long count, ProxyFault fault) {
        AtomicLong seen = new AtomicLong();
        return request -> {
            if (!which.test(request)) {
                return ProxyFault.NONE;
            }
            long number = seen.incrementAndGet();
            return number >= first && number < first + count ? fault : ProxyFault.NONE;
        };
    }
}
