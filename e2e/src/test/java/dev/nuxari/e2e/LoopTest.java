package dev.nuxari.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.cli.api.Fields;
import dev.nuxari.cli.verify.Offline;
import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The loop over HTTP, on each of the three real systems. */
class LoopTest {
    private final Composed stack = Composed.stack();
    private final Deeds deeds = new Deeds(stack);

    @ParameterizedTest
    @ValueSource(strings = {"keycloak", "postgresql", "ldap"})
    @Claim({"O1", "O3", "V4"})
    void whatWasApprovedIsDoneAndProven(String kind) {
        Json.Obj connector = stack.connector(kind);
        Json.Obj entitlement = deeds.firstNotHeld(connector);

        Json.Obj granted = deeds.loop("grant", entitlement);

        assertThat(Fields.text(granted, "state")).isEqualTo("completed");
        deeds.observe(connector);
        assertThat(deeds.isHeld(entitlement)).isTrue();
        assertThat(verified(granted)).isTrue();

        Json.Obj revoked = deeds.loop("revoke", entitlement);

        assertThat(Fields.text(revoked, "state")).isEqualTo("completed");
        deeds.observe(connector);
        assertThat(deeds.isHeld(entitlement)).isFalse();
        assertThat(verified(revoked)).isTrue();
    }

    @Test
    void rejectedPlanChangesNothing() {
        Json.Obj connector = stack.connector("ldap");
        Json.Obj entitlement = deeds.firstNotHeld(connector);
        Json.Obj request = deeds.ask("grant", entitlement);

        Json.Obj decided = deeds.decide(request, "approver", "reject");

        assertThat(Fields.text(decided, "state")).isEqualTo("rejected");
        deeds.observe(connector);
        assertThat(deeds.isHeld(entitlement)).isFalse();
    }

    @Test
    void driftIsKnownInEverySystem() {
        List<Json.Obj> summaries = Fields.objects(stack.api("admin").get("/connector-summaries"), "items");

        for (String kind : List.of("keycloak", "postgresql", "ldap")) {
            String id = stack.connector(kind).string("id");
            Json.Obj summary = summaries.stream()
                    .filter(item -> item.string("connectorId").equals(id))
                    .findFirst()
                    .orElseThrow();
            assertThat(Fields.number(summary, "accounts")).isGreaterThanOrEqualTo(200);
            assertThat(Fields.number(summary, "entitlements")).isGreaterThanOrEqualTo(40);
            assertThat(Fields.number(summary, "observed")).isGreaterThanOrEqualTo(2000);
            assertThat(Fields.number(summary, "drift")).isPositive();
        }
    }

    private boolean verified(Json.Obj workflow) {
        Offline offline = Offline.verify(
                deeds.exported(workflow), Optional.of(stack.api("auditor").keys()));
        assertThat(offline.conclusion()).startsWith("Verified");
        return offline.verified();
    }
}
