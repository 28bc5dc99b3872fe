package dev.nuxari.server.api;

import dev.nuxari.server.tenancy.Caller;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * How often one may ask. Each node counts for itself, in memory: this protects the others from a loop gone wild, it is no
 * accounting.
 */
@Component
class RateLimits {
    /** Beyond so many, those that say nothing any more are forgotten; looked for once a second, for it takes a while. */
    static final int REMEMBERED = 50_000;

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final ConcurrentMap<String, Counted> counted = new ConcurrentHashMap<>();
    private final ApiConfig config;
    private final LongSupplier nanoTime;
    private final AtomicLong swept;

    @Autowired
    RateLimits(ApiConfig config) {
        this(config, System::nanoTime);
    }

    RateLimits(ApiConfig config, LongSupplier nanoTime) {
        this.config = config;
        this.nanoTime = nanoTime;
        this.swept = new AtomicLong(nanoTime.getAsLong());
    }

    private record Counted(Bucket bucket, long capacity) {
        /** A full bucket says the same as none. */
        boolean saysNothing() {
            return bucket.getAvailableTokens() == capacity;
        }
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

    /** How many callers, organizations and addresses it counts at the moment. */
    int remembered() {
        return counted.size();
    }

    private void take(String key, int rate, String whose) {
        if (counted.size() > REMEMBERED) {
            forgetTheIdle();
        }
        ConsumptionProbe probe =
                counted.computeIfAbsent(key, _ -> count(rate)).bucket().tryConsumeAndReturnRemaining(1);
        if (!probe.isConsumed()) {
            throw new RateLimited(
                    whose, Duration.ofNanos(probe.getNanosToWaitForRefill()).plus(SECOND));
        }
    }

    private void forgetTheIdle() {
        long now = nanoTime.getAsLong();
        long last = swept.get();
        if (now - last >= SECOND.toNanos() && swept.compareAndSet(last, now)) {
            counted.values().removeIf(Counted::saysNothing);
        }
    }

    private Counted count(int rate) {
        long capacity = 2L * rate;
        Bucket bucket = Bucket.builder()
                .withCustomTimePrecision(new Clock(nanoTime))
                .addLimit(limit -> limit.capacity(capacity).refillGreedy(rate, SECOND))
                .build();
        return new Counted(bucket, capacity);
    }

    private record Clock(LongSupplier nanoTime) implements TimeMeter {
        @Override
        public long currentTimeNanos() {
            return nanoTime.getAsLong();
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    }
}
