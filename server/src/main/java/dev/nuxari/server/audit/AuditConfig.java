package dev.nuxari.server.audit;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param logHost the first part of every log's origin, {@code <logHost>/log/<organizationId>}; set it once and never change
 *     it, because the origin is the log's name for ever
 */
@ConfigurationProperties(value = "nuxari.audit", ignoreUnknownFields = false)
record AuditConfig(@DefaultValue("nuxari.local") String logHost) {
    AuditConfig {
        if (logHost.isBlank() || logHost.contains("/") || logHost.chars().anyMatch(Character::isWhitespace)) {
            throw new IllegalArgumentException("nuxari.audit.log-host is a host name, not '" + logHost + "'");
        }
    }
}
