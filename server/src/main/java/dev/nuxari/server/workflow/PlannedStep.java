package dev.nuxari.server.workflow;

import dev.nuxari.kernel.ConnectorId;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.Spelling;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One change to one governed system, as approvers read it.
 *
 * @param position counted from 1
 * @param entitlement what is granted or revoked; absent when an account is disabled, and when an agent acts on its host
 * @param action what an edge agent carries out; absent when the governed system is reached from here
 */
public record PlannedStep(
        int position,
        ConnectorId connector,
        String connectorName,
        Operation operation,
        Account account,
        @Nullable Entitlement entitlement,
        @Nullable Action action) {
    public PlannedStep {
        boolean named = operation == Operation.GRANT || operation == Operation.REVOKE;
        if ((entitlement != null) != named) {
            throw new IllegalArgumentException("a step names an entitlement if it grants or revokes");
        }
        if (action == null && operation == Operation.PERFORM) {
            throw new IllegalArgumentException("what an agent performs is an action");
        }
    }

    /** A step that no agent carries out. */
    public PlannedStep(
            int position,
            ConnectorId connector,
            String connectorName,
            Operation operation,
            Account account,
            @Nullable Entitlement entitlement) {
        this(position, connector, connectorName, operation, account, entitlement, null);
    }

    /** What an edge agent carries out, in the words of its protocol. */
    public record Action(UUID agentId, String type, Json.Obj parameters) {
        Json.Obj toJson() {
            return Json.object("agentId", agentId, "type", type, "parameters", parameters);
        }
    }

    /** An identity inside the governed system, by the name it has there. */
    public record Account(String nativeId, String displayName) {}

    /** Something that can be held, by the kind and name it has there. */
    public record Entitlement(String kind, String nativeId, String name) {}

    Json.Obj toJson() {
        Json.Obj json = Json.object(
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
        return json.withPresent("action", action == null ? null : action.toJson());
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
                        .orElse(null),
                json.optionalObject("action").map(PlannedStep::parseAction).orElse(null));
    }

    private static Action parseAction(Json.Obj json) {
        return new Action(UUID.fromString(json.string("agentId")), json.string("type"), json.object("parameters"));
    }

    private static Json toJson(Entitlement entitlement) {
        return Json.object("kind", entitlement.kind(), "nativeId", entitlement.nativeId(), "name", entitlement.name());
    }

    private static Entitlement parseEntitlement(Json.Obj json) {
        return new Entitlement(json.string("kind"), json.string("nativeId"), json.string("name"));
    }
}
