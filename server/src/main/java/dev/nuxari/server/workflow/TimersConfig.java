package dev.nuxari.server.workflow;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param username the database role that owns nothing but the timer table's rows
 * @param password the password of that role
 * @param threads how many timers may run at once on one node
 * @param threadsPerOrganization how many of them may be one organization's
 * @param pollingInterval how often the table is looked at; a timer set by this node is noticed at once
 * @param heartbeat how often a running timer says that it is alive; one that missed four is taken over
 */
@ConfigurationProperties(value = "nuxari.timers", ignoreUnknownFields = false)
record TimersConfig(
        @DefaultValue("nuxari_timer") String username,
        @DefaultValue("") String password,
        @DefaultValue("32") int threads,
        @DefaultValue("8") int threadsPerOrganization,
        @DefaultValue("1s") Duration pollingInterval,
        @DefaultValue("2s") Duration heartbeat) {
    TimersConfig {
        if (threadsPerOrganization < 1 || threads < threadsPerOrganization) {
            throw new IllegalArgumentException(
                    "nuxari.timers.threads-per-organization must be at least 1 and not above nuxari.timers.threads");
        }
        if (!pollingInterval.isPositive() || !heartbeat.isPositive()) {
            throw new IllegalArgumentException("nuxari.timers.polling-interval and .heartbeat must be positive");
        }
    }

    @Override
    public String toString() {
        return "TimersConfig[username=" + username + ", password=***]";
    }
}
