package dev.nuxari.server.workflow;

import dev.nuxari.kernel.ConnectorId;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.Spelling;
import org.jspecify.annotations.Nullable;

/**
 * One change to one governed system, as approvers read it.
 *
 * @param position counted from 1
 * @param entitlement what is granted or revoked; absent when an account is disabled
 */
public record PlannedStep(
        int position,
        ConnectorId connector,
        String connectorName,
        Operation operation,
        Account account,
        @Nullable Entitlement entitlement) {
    public PlannedStep {
        if ((entitlement == null) != (operation == Operation.DISABLE)) {
            throw new IllegalArgumentException("a step names an entitlement unless it disables an account");
        }
    }

    /** An identity inside the governed system, by the name it has there. */
    public record Account(String nativeId, String displayName) {}

    /** Something that can be held, by the kind and name it has there. */
    public record Entitlement(String kind, String nativeId, String name) {}

    Json toJson() {
        return Json.object(
                "position",
                position,
                "connectorId",
                connector.toString(),
                "connectorName",
                connectorName,
                "operation",
                Spelling.of(operation),
                "account",
                Json.object("nativeId", account.nativeId(), "displayName", account.displayName()),
                "entitlement",
                entitlement == null ? null : toJson(entitlement));
    }

    static PlannedStep parse(Json.Obj json) {
        Json.Obj account = json.object("account");
        return new PlannedStep(
                Math.toIntExact(json.integer("position")),
                ConnectorId.parse(json.string("connectorId")),
                json.string("connectorName"),
                Spelling.parse(Operation.class, json.string("operation")),
                new Account(account.string("nativeId"), account.string("displayName")),
                json.optionalObject("entitlement")
                        .map(PlannedStep::parseEntitlement)
                        .orElse(null));
    }

    private static Json toJson(Entitlement entitlement) {
        return Json.object("kind", entitlement.kind(), "nativeId", entitlement.nativeId(), "name", entitlement.name());
    }

    private static Entitlement parseEntitlement(Json.Obj json) {
        return new Entitlement(json.string("kind"), json.string("nativeId"), json.string("name"));
    }
}
