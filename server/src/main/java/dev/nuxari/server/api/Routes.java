package dev.nuxari.server.api;

import static dev.nuxari.kernel.Permission.AGENTS_MANAGE;
import static dev.nuxari.kernel.Permission.AGENTS_READ;
import static dev.nuxari.kernel.Permission.APPROVALS_DECIDE;
import static dev.nuxari.kernel.Permission.APPROVALS_READ;
import static dev.nuxari.kernel.Permission.AUDIT_READ;
import static dev.nuxari.kernel.Permission.AUDIT_ROTATE_KEY;
import static dev.nuxari.kernel.Permission.CATALOGUE_CHANGE;
import static dev.nuxari.kernel.Permission.CATALOGUE_READ;
import static dev.nuxari.kernel.Permission.CONNECTORS_MANAGE;
import static dev.nuxari.kernel.Permission.CONNECTORS_READ;
import static dev.nuxari.kernel.Permission.EVIDENCE_READ;
import static dev.nuxari.kernel.Permission.FINDINGS_READ;
import static dev.nuxari.kernel.Permission.MEMBERS_MANAGE;
import static dev.nuxari.kernel.Permission.MEMBERS_READ;
import static dev.nuxari.kernel.Permission.MEMBERS_READ_OWN;
import static dev.nuxari.kernel.Permission.ORGANIZATION_CHANGE;
import static dev.nuxari.kernel.Permission.ORGANIZATION_FEDERATE;
import static dev.nuxari.kernel.Permission.ORGANIZATION_READ;
import static dev.nuxari.kernel.Permission.REQUESTS_CREATE;
import static dev.nuxari.kernel.Permission.REQUESTS_READ;
import static dev.nuxari.kernel.Permission.REQUESTS_READ_OWN;
import static dev.nuxari.kernel.Permission.WORKFLOWS_OPERATE;
import static dev.nuxari.kernel.Permission.WORKFLOWS_READ;
import static dev.nuxari.kernel.Permission.WORKFLOWS_READ_OWN;

import dev.nuxari.kernel.Permission;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What every route demands, in one place. A route that is served and does not stand here keeps the server from starting.
 *
 * <p>"One's own" is a permission of its own: such a route names both, and the front door narrows the answer for those who
 * have only the second.
 */
final class Routes {
    private static final String ORGANIZATION = "/api/v1/organizations/{organizationId}";

    /** Where the console's files are. Everybody may load them, and nothing but files is served there. */
    private static final Set<String> FILES = Set.of("/", "/assets/**", "/**");

    /** What runs before the table is asked. Each of these hands on what it has no objection to. */
    private static final Set<String> FILTERS = Set.of(
            "addressLimit",
            "agentAuthentication",
            "characterEncodingFilter",
            "clientAddress",
            "idempotencyFilter",
            "requestContextFilter",
            "requestLimits",
            "requestTrace",
            "scimAuthentication",
            "shareAuthentication",
            "springSecurityFilterChain");

    private final Map<Route, Access> table = new LinkedHashMap<>();

    /** The pattern is the one of the handler's mapping, to the letter. */
    record Route(String method, String pattern) {
        @Override
        public String toString() {
            return method + " " + pattern;
        }
    }

    /** The routes of the server. */
    static Routes all() {
        Routes routes = new Routes();
        routes.server();
        routes.identity();
        routes.directories();
        routes.connectors();
        routes.agents();
        routes.access();
        routes.requests();
        routes.evidence();
        routes.shares();
        return routes;
    }

    private void server() {
        anybody("GET", "/health/live");
        anybody("GET", "/health/ready");
        anybody("GET", "/api/openapi.json");
        anybody("GET", "/api/openapi.json.yaml");
        anybody("*", "/error");
        log("/archive/{size}");
        log("/checkpoint");
        log("/keys");
        log("/proof");
        log("/tile/{*tile}");
    }

    private void identity() {
        signedIn("GET", "/api/v1/me");
        signedIn("GET", "/api/v1/me/credentials");
        put("POST", "/api/v1/me/credentials/removals", new Access.SignedIn(true));
        signedIn("POST", "/logout");
        anybody("POST", "/logout/backchannel");
        organization("GET", "", ORGANIZATION_READ);
        organization("GET", "/members", MEMBERS_READ, MEMBERS_READ_OWN);
        organization("GET", "/members/{memberId}", MEMBERS_READ, MEMBERS_READ_OWN);
        sensitive("PATCH", "/members/{memberId}", MEMBERS_MANAGE);
        // No second factor: ending only takes away, and who has lost a device is in a hurry.
        organization("GET", "/members/{memberId}/sessions", MEMBERS_READ, MEMBERS_READ_OWN);
        organization("DELETE", "/members/{memberId}/sessions/{sessionId}", MEMBERS_READ, MEMBERS_READ_OWN);
        organization("POST", "/members/{memberId}/sign-outs", MEMBERS_READ, MEMBERS_READ_OWN);
        organization("GET", "/members/{memberId}/lock", MEMBERS_MANAGE);
        sensitive("POST", "/members/{memberId}/unlocks", MEMBERS_MANAGE);
        organization("GET", "/identity-policy", ORGANIZATION_CHANGE);
        sensitive("PUT", "/identity-policy", ORGANIZATION_CHANGE);
        organization("POST", "/identity-policy/preview", ORGANIZATION_CHANGE);
        organization("GET", "/domains", ORGANIZATION_CHANGE);
        sensitive("POST", "/domains", ORGANIZATION_CHANGE);
        organization("POST", "/domains/{id}/checks", ORGANIZATION_CHANGE);
        sensitive("POST", "/domains/{id}/removals", ORGANIZATION_CHANGE);
        invites();
    }

    private void invites() {
        organization("GET", "/invites", MEMBERS_READ);
        organization("GET", "/invites/{id}", MEMBERS_READ);
        sensitive("POST", "/invites", MEMBERS_MANAGE);
        sensitive("POST", "/invites/{id}/mailings", MEMBERS_MANAGE);
        sensitive("POST", "/invites/{id}/revocations", MEMBERS_MANAGE);
        // Whoever was invited is nobody yet; the token of the mail's link is asked for where it is read.
        anybody("GET", "/api/v1/invite");
        anybody("POST", "/api/v1/invite/acceptances");
    }

    private void directories() {
        organization("GET", "/directories", ORGANIZATION_CHANGE);
        sensitive("POST", "/directories", ORGANIZATION_CHANGE);
        organization("GET", "/directories/{id}", ORGANIZATION_CHANGE);
        sensitive("PUT", "/directories/{id}", ORGANIZATION_CHANGE);
        sensitive("POST", "/directories/{id}/tokens", ORGANIZATION_CHANGE);
        sensitive("POST", "/directories/{id}/tokens/{tokenId}/revocations", ORGANIZATION_CHANGE);
        directory("GET", "/ServiceProviderConfig");
        directory("GET", "/ResourceTypes");
        directory("GET", "/ResourceTypes/{id}");
        directory("GET", "/Schemas");
        directory("GET", "/Schemas/{id}");
        directory("POST", "/Bulk");
        for (String resources : List.of("/Users", "/Groups")) {
            directory("GET", resources);
            directory("POST", resources);
            directory("POST", resources + "/.search");
            directory("GET", resources + "/{id}");
            directory("PUT", resources + "/{id}");
            directory("PATCH", resources + "/{id}");
            directory("DELETE", resources + "/{id}");
        }
        // Whoever runs a provider can be every member below owner; only owners are that already.
        organization("GET", "/identity-providers", ORGANIZATION_CHANGE);
        sensitive("POST", "/identity-providers", ORGANIZATION_FEDERATE);
        organization("GET", "/identity-providers/{id}", ORGANIZATION_CHANGE);
        sensitive("PUT", "/identity-providers/{id}", ORGANIZATION_FEDERATE);
        organization("POST", "/identity-providers/{id}/checks", ORGANIZATION_CHANGE);
        sensitive("POST", "/identity-providers/{id}/removals", ORGANIZATION_FEDERATE);
    }

    private void connectors() {
        organization("GET", "/connectors", CONNECTORS_READ);
        sensitive("POST", "/connectors", CONNECTORS_MANAGE);
        organization("GET", "/connectors/{id}", CONNECTORS_READ);
        organization("POST", "/connectors/{id}/observations", CONNECTORS_MANAGE);
        organization("GET", "/connectors/{id}/observations", CONNECTORS_READ);
        sensitive("POST", "/connectors/{id}/baselines", CONNECTORS_MANAGE);
        organization("GET", "/observations/{id}", CONNECTORS_READ);
    }

    private void agents() {
        organization("GET", "/agents", AGENTS_READ);
        sensitive("POST", "/agents", AGENTS_MANAGE);
        organization("GET", "/agents/{id}", AGENTS_READ);
        sensitive("POST", "/agents/{id}/enrolment-tokens", AGENTS_MANAGE);
        sensitive("POST", "/agents/{id}/enrolment-tokens/{tokenId}/revocations", AGENTS_MANAGE);
        organization("POST", "/agents/{id}/actions", AGENTS_MANAGE);
        // No second factor: ending only takes away, and who has lost a host is in a hurry.
        organization("POST", "/agents/{id}/revocations", AGENTS_MANAGE);
        put("GET", "/agent/v1/keys", new Access.Agent(false));
        put("POST", "/agent/v1/enroll", new Access.Agent(false));
        for (String route : List.of(
                "GET /packages",
                "GET /log",
                "GET /posture-pack",
                "GET /releases/{name}",
                "POST /receipts",
                "POST /observations",
                "POST /cosignatures",
                "POST /token")) {
            String[] parts = route.split(" ", 2);
            put(parts[0], "/agent/v1" + parts[1], new Access.Agent(true));
        }
    }

    private void access() {
        organization("GET", "/entitlements", CATALOGUE_READ);
        organization("GET", "/entitlements/{id}", CATALOGUE_READ);
        sensitive("PATCH", "/entitlements/{id}", CATALOGUE_CHANGE);
        organization("GET", "/accounts", CATALOGUE_READ);
        organization("GET", "/assignments", CONNECTORS_READ);
        organization("GET", "/connector-summaries", CONNECTORS_READ);
    }

    private void requests() {
        organization("POST", "/requests", REQUESTS_CREATE);
        organization("GET", "/requests", REQUESTS_READ, REQUESTS_READ_OWN);
        organization("GET", "/requests/{id}", REQUESTS_READ, REQUESTS_READ_OWN);
        organization("POST", "/requests/{id}/cancellations", REQUESTS_CREATE);
        organization("GET", "/approvals", APPROVALS_READ);
        organization("GET", "/approvals/{id}", APPROVALS_READ);
        sensitive("POST", "/approvals/{id}/decisions", APPROVALS_DECIDE);
        organization("GET", "/workflows", WORKFLOWS_READ, WORKFLOWS_READ_OWN);
        organization("GET", "/workflows/{id}", WORKFLOWS_READ, WORKFLOWS_READ_OWN);
        organization("POST", "/workflows/{id}/retries", WORKFLOWS_OPERATE);
        organization("POST", "/workflows/{id}/cancellations", WORKFLOWS_OPERATE);
    }

    private void evidence() {
        organization("GET", "/evidence-packages", EVIDENCE_READ);
        organization("GET", "/evidence-packages/{id}", EVIDENCE_READ);
        sensitive("GET", "/evidence-packages/{id}/export", EVIDENCE_READ);
        // Whoever may read evidence may read the log as well: the collection shows a part of it whole.
        sensitive("GET", "/evidence-collections", EVIDENCE_READ);
        organization("GET", "/findings", FINDINGS_READ);
        organization("GET", "/audit-events", AUDIT_READ);
        sensitive("GET", "/audit-events/export", AUDIT_READ);
        organization("GET", "/audit-events/{sequence}", AUDIT_READ);
        organization("GET", "/audit-head", AUDIT_READ);
        sensitive("POST", "/log-key-rotations", AUDIT_ROTATE_KEY);
    }

    private void shares() {
        sensitive("POST", "/evidence-packages/{id}/shares", EVIDENCE_READ);
        sensitive("POST", "/audit-events/shares", AUDIT_READ);
        organization("GET", "/shares", AUDIT_READ);
        organization("GET", "/shares/{id}", AUDIT_READ);
        organization("POST", "/shares/{id}/revocations", AUDIT_READ);
        linkHolder("");
        linkHolder("/keys");
        linkHolder("/evidence-package");
        linkHolder("/evidence-package/export");
        linkHolder("/audit-events");
        linkHolder("/audit-events/{sequence}");
        linkHolder("/audit-events/export");
    }

    private void linkHolder(String below) {
        put("GET", "/api/v1/share" + below, new Access.LinkHolder());
    }

    /** SCIM 2.0 (RFC 7644). */
    private void directory(String method, String below) {
        put(method, "/scim/v2/{organizationId}" + below, new Access.Directory());
    }

    private void anybody(String method, String pattern) {
        put(method, pattern, new Access.Anybody());
    }

    /** Reading the log needs what auditors may; a full copy of it verifies without any permission. */
    private void log(String below) {
        put("GET", "/log/{organizationId}" + below, new Access.AnyOf(Set.of(AUDIT_READ), false));
    }

    private void signedIn(String method, String pattern) {
        put(method, pattern, new Access.SignedIn(false));
    }

    private void organization(String method, String below, Permission... anyOf) {
        put(method, ORGANIZATION + below, new Access.AnyOf(Set.of(anyOf), false));
    }

    /** What decides, hands out or changes the rules; see {@link Access.AnyOf}. */
    private void sensitive(String method, String below, Permission... anyOf) {
        put(method, ORGANIZATION + below, new Access.AnyOf(Set.of(anyOf), true));
    }

    private void put(String method, String pattern, Access access) {
        if (table.put(new Route(method, pattern), access) != null) {
            throw new IllegalStateException(method + " " + pattern + " stands twice in the table of routes");
        }
    }

    Optional<Access> demanded(String method, String pattern) {
        String plain = method.equals("HEAD") ? "GET" : method;
        Access access = table.get(new Route(plain, pattern));
        return Optional.ofNullable(access == null ? table.get(new Route("*", pattern)) : access);
    }

    /** Whether files are served under this pattern; it permits no other handler. */
    boolean areFiles(String pattern) {
        return FILES.contains(pattern);
    }

    /** Whether a filter of this name may stand before the handlers: it could answer in their place. */
    boolean knowsFilter(String name) {
        return FILTERS.contains(name);
    }

    Map<Route, Access> table() {
        return Map.copyOf(table);
    }
}
