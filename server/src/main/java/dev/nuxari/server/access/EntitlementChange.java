package dev.nuxari.server.access;

import dev.nuxari.kernel.Risk;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a person wants to be different. What is absent stays.
 *
 * @param version the version that was looked at
 */
public record EntitlementChange(
        int version, @Nullable Risk risk, @Nullable String description) {
    Changed applyTo(Entitlement entitlement) {
        if (entitlement.version() != version) {
            return new Changed.Stale(entitlement.version());
        }
        return new Changed.Accepted(new Entitlement(
                entitlement.id(),
                entitlement.connector(),
                entitlement.kind(),
                entitlement.nativeId(),
                entitlement.name(),
                Objects.requireNonNullElse(description, entitlement.description()),
                Objects.requireNonNullElse(risk, entitlement.risk()),
                entitlement.present(),
                entitlement.version() + 1));
    }
}
