package dev.nuxari.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Claim;
import dev.nuxari.server.testing.ServerTest;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@ServerTest
class RoutesTest {
    @Autowired
    RouteCheck check;

    @Test
    void routesThatAreServedAreDeclared() {
        assertThat(Routes.all().table().keySet()).containsAll(check.served());
    }

    /** Written down a second time: what decides, hands out or changes the rules. */
    @Test
    @Claim("I2")
    void sensitiveRoutesAreThese() {
        assertThat(routes(true))
                .containsExactlyInAnyOrder(
                        "POST /approvals/{id}/decisions",
                        "GET /evidence-packages/{id}/export",
                        "POST /evidence-packages/{id}/shares",
                        "GET /evidence-collections",
                        "GET /audit-events/export",
                        "POST /audit-events/shares",
                        "POST /log-key-rotations",
                        "POST /agents",
                        "POST /agents/{id}/enrolment-tokens",
                        "POST /agents/{id}/enrolment-tokens/{tokenId}/revocations",
                        "POST /connectors",
                        "POST /connectors/{id}/baselines",
                        "PATCH /entitlements/{id}",
                        "PATCH /members/{memberId}",
                        "POST /members/{memberId}/unlocks",
                        "PUT /identity-policy",
                        "POST /domains",
                        "POST /domains/{id}/removals",
                        "POST /invites",
                        "POST /invites/{id}/mailings",
                        "POST /invites/{id}/revocations",
                        "POST /directories",
                        "PUT /directories/{id}",
                        "POST /directories/{id}/tokens",
                        "POST /directories/{id}/tokens/{tokenId}/revocations",
                        "POST /identity-providers",
                        "PUT /identity-providers/{id}",
                        "POST /identity-providers/{id}/removals");
    }

    /** Whoever adds a route that changes something says which of the two it is. */
    @Test
    @Claim("I2")
    void routesThatChangeSomethingAndAreNotSensitiveAreThese() {
        assertThat(routes(false).filter(route -> !route.startsWith("GET ")))
                .containsExactlyInAnyOrder(
                        "POST /identity-policy/preview",
                        "POST /domains/{id}/checks",
                        "POST /identity-providers/{id}/checks",
                        "DELETE /members/{memberId}/sessions/{sessionId}",
                        "POST /members/{memberId}/sign-outs",
                        "POST /agents/{id}/actions",
                        "POST /agents/{id}/revocations",
                        "POST /connectors/{id}/observations",
                        "POST /requests",
                        "POST /requests/{id}/cancellations",
                        "POST /workflows/{id}/retries",
                        "POST /workflows/{id}/cancellations",
                        "POST /shares/{id}/revocations");
    }

    private static Stream<String> routes(boolean sensitive) {
        return Routes.all().table().entrySet().stream()
                .filter(entry -> entry.getValue() instanceof Access.AnyOf demanded && demanded.sensitive() == sensitive)
                .map(entry -> entry.getKey().toString().replace("/api/v1/organizations/{organizationId}", ""));
    }

    @Test
    void routesThatAreDeclaredAreServed() {
        assertThat(check.served()).containsAll(Routes.all().table().keySet());
    }
}
