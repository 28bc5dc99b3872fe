package dev.nuxari.keycloak.invitation;

import static java.util.Objects.requireNonNull;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.keycloak.authentication.actiontoken.execactions.ExecuteActionsActionToken;
import org.keycloak.events.admin.OperationType;
import org.keycloak.events.admin.ResourceType;
import org.keycloak.models.KeycloakSession;
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

    /** Answers 409 for an account that somebody can sign in to, or that is of another organization. */
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
        permissions.users().requireManage(user);
        if (!user.isEnabled() || user.getEmail() == null || canBeSignedInTo(user) || isElsewhere(user, wanted)) {
            return answer(Response.Status.CONFLICT, Map.of(PROBLEM, "not an account to be set up"));
        }
        String link = link(user, wanted);
        events.operation(OperationType.ACTION)
                .resource(ResourceType.USER)
                .resourcePath("users", user.getId(), "account-setup")
                .success();
        return answer(Response.Status.CREATED, Map.of("link", link));
    }

    /** A password, a passkey, or another identity provider's word. */
    private boolean canBeSignedInTo(UserModel user) {
        return user.credentialManager().getStoredCredentialsStream().findAny().isPresent()
                || user.getFederationLink() != null
                || session.users()
                        .getFederatedIdentitiesStream(realm, user)
                        .findAny()
                        .isPresent();
    }

    /** An account of another organization's person is not this one's to set up. */
    private boolean isElsewhere(UserModel user, AccountSetup wanted) {
        return session.getProvider(OrganizationProvider.class)
                .getByMember(user)
                .anyMatch(organization -> !organization.getId().equals(wanted.organization));
    }

    /** The address stands in it, so that Keycloak takes it for seen: the person came from a mail that was sent there. */
    private String link(UserModel user, AccountSetup wanted) {
        List<String> actions = requireNonNull(wanted.actions);
        var token = new ExecuteActionsActionToken(
                user.getId(), user.getEmail(), until(wanted.seconds), actions, null, wanted.client);
        var address = session.getContext().getUri(org.keycloak.urls.UrlType.FRONTEND);
        return LoginActionsService.actionTokenProcessor(address)
                .queryParam("key", token.serialize(session, realm, address))
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
