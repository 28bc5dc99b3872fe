package dev.nuxari.server.broker;

import dev.nuxari.kernel.Json;

/**
 * A person at the broker.
 *
 * @param subject what tokens call them ({@code sub})
 * @param verified whether the broker has seen that the address is theirs
 */
public record BrokerAccount(String subject, String email, boolean verified, boolean enabled) {
    static BrokerAccount of(Json.Obj user) {
        return new BrokerAccount(
                user.string("id"),
                user.optionalString("email").orElse(""),
                user.bool("emailVerified"),
                user.bool("enabled"));
    }
}
