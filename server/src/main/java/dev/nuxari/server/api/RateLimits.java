package dev.nuxari.server.api;

import dev.nuxari.server.tenancy.Caller;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.springframework.stereotype.Component;

/**
 * How often one may ask. Each node counts for itself, in memory: this protects the others from a loop gone wild, it is no
 * accounting.
 */
@Component
class RateLimits {
    private static final int REMEMBERED = 50_000;
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final ConcurrentMap<String, Bucket> buckets = new ConcurrentHashMap<>();
    private final ApiConfig config;

    RateLimits(ApiConfig config) {
        this.config = config;
    }

    /**
     * Counts one request.
     *
     * @throws RateLimited if it is one too many, for the caller or for their organization
     */
    void count(Caller caller) {
        take("caller/" + caller.organization() + "/" + caller.id(), config.callerRate(), "You");
        take("organization/" + caller.organization(), config.organizationRate(), "Your organization");
    }

    /** The same for a request that names no caller. */
    void count(String address) {
        take("address/" + address, config.addressRate(), "Your network address");
    }

    private void take(String key, int rate, String whose) {
        ConsumptionProbe probe = buckets.computeIfAbsent(key, _ -> bucket(rate)).tryConsumeAndReturnRemaining(1);
        if (!probe.isConsumed()) {
            throw new RateLimited(
                    whose, Duration.ofNanos(probe.getNanosToWaitForRefill()).plus(SECOND));
        }
        if (buckets.size() > REMEMBERED) {
            // A full bucket says the same as none.
            buckets.values().removeIf(idle -> idle.getAvailableTokens() > rate);
        }
    }

    private static Bucket bucket(int rate) {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(2L * rate).refillGreedy(rate, SECOND))
                .build();
    }
}
