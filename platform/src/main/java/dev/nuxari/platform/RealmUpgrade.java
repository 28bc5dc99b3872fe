package dev.nuxari.platform;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.Sha256;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Brings a realm that was made from an older template to how this one lets people sign in: its flows and its policy of passkeys.
 * Nothing else of the realm is touched. What was changed by hand in these flows stays until the template changes.
 *
 * <p>While a flow is rebuilt nobody can sign in through it: it is emptied first and filled last, with what judges before what
 * lets in. A start that breaks off in the middle is repeated by the next one.
 */
final class RealmUpgrade {
    /** The attribute that says from which flows and policies a realm was made. */
    static final String MARK = "nuxari.sign-in";

    private static final String PASSKEYS = "webAuthnPolicyPasswordless";
    private static final List<String> BINDINGS = List.of("browserFlow", "directGrantFlow");

    private final KeycloakAdmin admin;
    private final String realm;
    private final Json.Obj template;
    private final Map<String, Json.Obj> flows = new HashMap<>();
    private final Map<String, Json.Obj> configs = new HashMap<>();

    private RealmUpgrade(KeycloakAdmin admin, String realm, Json.Obj template) {
        this.admin = admin;
        this.realm = "/admin/realms/" + realm;
        this.template = template;
        template.objects("authenticationFlows").forEach(flow -> flows.put(flow.string("alias"), flow));
        template.objects("authenticatorConfig").forEach(config -> configs.put(config.string("alias"), config));
    }

    /** Does nothing to a realm that has all that already; false then. */
    static boolean run(KeycloakAdmin admin, String realm, Json.Obj template) {
        return new RealmUpgrade(admin, realm, template).run();
    }

    /** The template with the mark of itself. */
    static Json.Obj marked(Json.Obj template) {
        return template.with("attributes", template.object("attributes").with(MARK, mark(template)));
    }

    private static String mark(Json.Obj template) {
        return Sha256.hexOf(signIn(template).canonical().getBytes(UTF_8));
    }

    /** What of a template this is about. */
    private static Json.Obj signIn(Json.Obj template) {
        Json.Obj part = Json.object();
        for (Map.Entry<String, Json> member : template.members().entrySet()) {
            String name = member.getKey();
            if (name.startsWith("authenticat") || name.startsWith(PASSKEYS) || BINDINGS.contains(name)) {
                part = part.with(name, member.getValue());
            }
        }
        return part;
    }

    private boolean run() {
        Json.Obj known = realm();
        if (known.object("attributes").optionalString(MARK).equals(Optional.of(mark(template)))) {
            return false;
        }
        Map<String, String> topLevel = new HashMap<>();
        admin.list(realm + "/authentication/flows")
                .forEach(flow -> topLevel.put(flow.string("alias"), flow.string("id")));
        flows.values().stream().filter(flow -> flow.bool("topLevel")).forEach(flow -> rebuild(flow, topLevel));
        finish();
        return true;
    }

    private Json.Obj realm() {
        KeycloakAdmin.Answer answer = admin.exchange("GET", realm, "");
        KeycloakAdmin.expect(answer, "read the realm");
        return Json.parseObject(answer.body());
    }

    private void rebuild(Json.Obj flow, Map<String, String> topLevel) {
        String alias = flow.string("alias");
        String id = topLevel.get(alias);
        if (id == null) {
            id = create(flow);
        } else {
            admin.list(realm + "/authentication/flows/" + alias + "/executions").stream()
                    .filter(execution -> execution.integer("level") == 0)
                    .forEach(execution -> expect(
                            admin.exchange(
                                    "DELETE", realm + "/authentication/executions/" + execution.string("id"), ""),
                            "empty the flow " + alias));
        }
        fill(id, flow);
    }

    private String create(Json.Obj flow) {
        Json.Obj empty = flow.with("authenticationExecutions", List.of());
        return created(
                admin.exchange("POST", realm + "/authentication/flows", empty.canonical()),
                "make the flow " + flow.string("alias"));
    }

    private void fill(String flowId, Json.Obj flow) {
        for (Json.Obj execution : new ArrayList<>(flow.objects("authenticationExecutions")).reversed()) {
            Json.Obj made = execution
                    .with("parentFlow", flowId)
                    .without("flowAlias", "authenticatorConfig", "userSetupAllowed");
            if (execution.bool("authenticatorFlow")) {
                Json.Obj inside = flows.get(execution.string("flowAlias"));
                if (inside == null) {
                    throw new IllegalStateException("the template has no flow " + execution.string("flowAlias"));
                }
                String insideId = create(inside);
                fill(insideId, inside);
                made = made.with("flowId", insideId);
            }
            String id = created(
                    admin.exchange("POST", realm + "/authentication/executions", made.canonical()),
                    "fill the flow " + flow.string("alias"));
            execution
                    .optionalString("authenticatorConfig")
                    .map(configs::get)
                    .ifPresent(config -> expect(
                            admin.exchange(
                                    "POST", realm + "/authentication/executions/" + id + "/config", config.canonical()),
                            "configure " + config.string("alias")));
        }
    }

    /** Keycloak keeps some of these fields only if it is given the whole realm. */
    private void finish() {
        Json.Obj changed = realm();
        for (Map.Entry<String, Json> member : template.members().entrySet()) {
            if (member.getKey().startsWith(PASSKEYS) || BINDINGS.contains(member.getKey())) {
                changed = changed.with(member.getKey(), member.getValue());
            }
        }
        Json.Obj attributes = changed.object("attributes").with(MARK, mark(template));
        expect(
                admin.exchange(
                        "PUT", realm, changed.with("attributes", attributes).canonical()),
                "change the realm");
    }

    private static String created(KeycloakAdmin.Answer answer, String doing) {
        expect(answer, doing);
        return answer.createdId().orElseThrow();
    }

    private static void expect(KeycloakAdmin.Answer answer, String doing) {
        KeycloakAdmin.expect(answer, doing);
    }
}
