package dev.nuxari.keycloak.invitation;

import static java.util.Objects.requireNonNull;

import dev.nuxari.keycloak.standing.Emptying;
import dev.nuxari.keycloak.standing.Standing;
import dev.nuxari.keycloak.standing.Taking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.keycloak.events.admin.OperationType;
import org.keycloak.events.admin.ResourceType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OrganizationModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.organization.OrganizationProvider;
import org.keycloak.services.resources.LoginActionsService;
import org.keycloak.services.resources.admin.AdminEventBuilder;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/**
 * Hands out a link with which the person behind an account sets how they sign in. For the server's own client only, which has
 * sent the person a mail and seen them come back from it; and only for an account that nobody can sign in to yet: over one
 * that is in use, such a link would be a way around its password.
 */
public final class AccountSetupResource {
    private static final String SERVER = "nuxari-server";
    private static final String PROBLEM = "problem";

    private final KeycloakSession session;
    private final RealmModel realm;
    private final AdminPermissionEvaluator permissions;
    private final AdminEventBuilder events;
    private final InstantSource clock;

    AccountSetupResource(
            KeycloakSession session,
            RealmModel realm,
            AdminPermissionEvaluator permissions,
            AdminEventBuilder events,
            InstantSource clock) {
        this.session = session;
        this.realm = realm;
        this.permissions = permissions;
        this.events = events;
        this.clock = clock;
    }

    /** Lets the account into the organization; answers 409 for one that somebody can sign in to, or that is another's. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    public Response begin(@Nullable AccountSetup wanted) {
        if (!SERVER.equals(permissions.adminAuth().getClient().getClientId())) {
            return answer(Response.Status.FORBIDDEN, Map.of(PROBLEM, "for the server only"));
        }
        permissions.users().requireManage();
        if (wanted == null || !wanted.isSensible() || realm.getClientByClientId(wanted.client) == null) {
            return answer(Response.Status.BAD_REQUEST, Map.of(PROBLEM, "not to be understood"));
        }
        UserModel user = session.users().getUserById(realm, wanted.subject);
        if (user == null) {
            return answer(Response.Status.NOT_FOUND, Map.of(PROBLEM, "no such account"));
        }
        OrganizationModel organization = organizations().getById(wanted.organization);
        if (organization == null) {
            return answer(Response.Status.NOT_FOUND, Map.of(PROBLEM, "no such organization"));
        }
        permissions.users().requireManage(user);
        if (!new Settable(session, realm).is(user, organization.getId())) {
            return answer(Response.Status.CONFLICT, Map.of(PROBLEM, "not an account to be set up"));
        }
        letIn(user, organization);
        String link = link(user, wanted);
        events.operation(OperationType.ACTION)
                .resource(ResourceType.USER)
                .resourcePath("users", user.getId(), "account-setup")
                .success();
        return answer(Response.Status.CREATED, Map.of("link", link));
    }

    private OrganizationProvider organizations() {
        return session.getProvider(OrganizationProvider.class);
    }

    /** Another organization that has made the account, and let it go, may have left a way in. */
    private void letIn(UserModel user, OrganizationModel organization) {
        if (Standing.of(session, user).taking(organization.getId()) == Taking.EMPTIED) {
            new Emptying(session, realm, clock).empty(user);
        }
        Standing.vouchedFor(user);
        if (!organizations().isMember(organization, user)) {
            organizations().addMember(organization, user);
        }
    }

    /** Takes back the link that an organization's invitation gave, if it has not been used. */
    @DELETE
    @Path("{organization}/{subject}")
    public Response end(@PathParam("organization") String organization, @PathParam("subject") String subject) {
        if (!SERVER.equals(permissions.adminAuth().getClient().getClientId())) {
            return answer(Response.Status.FORBIDDEN, Map.of(PROBLEM, "for the server only"));
        }
        permissions.users().requireManage();
        new OpenSetups(session).close(organization, subject);
        return Response.noContent().build();
    }

    /** The address stands in it, so that it opens nothing when the account has another one by then. */
    private String link(UserModel user, AccountSetup wanted) {
        var token = new SetupToken(
                user,
                until(wanted.seconds),
                requireNonNull(wanted.organization),
                requireNonNull(wanted.actions),
                requireNonNull(wanted.client));
        var address = session.getContext().getUri(org.keycloak.urls.UrlType.FRONTEND);
        String key = token.serialize(session, realm, address);
        new OpenSetups(session).open(token, wanted.seconds);
        return LoginActionsService.actionTokenProcessor(address)
                .queryParam("key", key)
                .build(realm.getName())
                .toString();
    }

    private int until(int seconds) {
        return Math.toIntExact(clock.instant().getEpochSecond() + seconds);
    }

    private static Response answer(Response.Status status, Map<String, String> body) {
        return Response.status(status)
                .type(MediaType.APPLICATION_JSON)
                .entity(body)
                .build();
    }
}
