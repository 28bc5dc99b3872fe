package dev.nuxari.server.api;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Limits of the HTTP interface. Rates are per second; for a moment a caller may ask twice as often.
 *
 * @param bodyLimit the largest body that is read
 * @param callerRate requests of one member, per second
 * @param organizationRate requests of all members of one organization, per second
 * @param addressRate requests without a caller from one network address, such as sign-ins, per second
 * @param requestsAtOnce how many requests are worked on at once, shared evenly among the organizations that ask; each has at
 *     least one. Together with the timers of one organization it stays below the connection pool, so that one organization
 *     never holds all connections
 * @param requestsWaiting how many requests of one organization may wait for their turn
 */
@ConfigurationProperties(value = "nuxari.api", ignoreUnknownFields = false)
record ApiConfig(
        @DefaultValue("1MB") DataSize bodyLimit,
        @DefaultValue("5000") int callerRate,
        @DefaultValue("20000") int organizationRate,
        @DefaultValue("500") int addressRate,
        @DefaultValue("2") int requestsAtOnce,
        @DefaultValue("256") int requestsWaiting) {
    private static final DataSize LARGEST_BODY = DataSize.ofMegabytes(16);

    ApiConfig {
        if (bodyLimit.toBytes() < 1 || bodyLimit.compareTo(LARGEST_BODY) > 0) {
            throw new IllegalArgumentException(
                    "nuxari.api.body-limit is more than nothing and at most " + LARGEST_BODY);
        }
        if (callerRate < 1 || organizationRate < 1 || addressRate < 1) {
            throw new IllegalArgumentException("the rates of nuxari.api are at least 1 per second");
        }
        if (requestsAtOnce < 1 || requestsWaiting < 1) {
            throw new IllegalArgumentException("nuxari.api.requests-at-once and .requests-waiting are at least 1");
        }
    }
}
