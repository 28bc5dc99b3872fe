package dev.nuxari.server.approvals;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param validFor how long an approval may be decided and used before it expires
 */
@ConfigurationProperties(value = "nuxari.approvals", ignoreUnknownFields = false)
record ApprovalsConfig(@DefaultValue("P7D") Duration validFor) {
    ApprovalsConfig {
        if (!validFor.isPositive()) {
            throw new IllegalArgumentException("nuxari.approvals.valid-for must be positive, but is " + validFor);
        }
    }
}
