package dev.nuxari.keycloak.enrolment;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.keycloak.events.admin.OperationType;
import org.keycloak.events.admin.ResourceType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OrganizationModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.organization.OrganizationProvider;
import org.keycloak.services.resources.admin.AdminEventBuilder;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;
import org.keycloak.userprofile.UserProfile;
import org.keycloak.userprofile.UserProfileContext;
import org.keycloak.userprofile.UserProfileProvider;
import org.keycloak.userprofile.ValidationException;

/**
 * Makes accounts, without a way to sign in, and lets them into an organization: in one request and one transaction what
 * Keycloak's own interface does in three requests for each person, by the same rules. For the server's own client only, which
 * has seen that the organization speaks for the addresses.
 */
public final class EnrolmentResource {
    private static final String SERVER = "nuxari-server";
    private static final String PROBLEM = "problem";

    private final KeycloakSession session;
    private final RealmModel realm;
    private final AdminPermissionEvaluator permissions;
    private final AdminEventBuilder events;
    private final OrganizationProvider organizations;

    EnrolmentResource(
            KeycloakSession session, RealmModel realm, AdminPermissionEvaluator permissions, AdminEventBuilder events) {
        this.session = session;
        this.realm = realm;
        this.permissions = permissions;
        this.events = events;
        this.organizations = session.getProvider(OrganizationProvider.class);
    }

    /** Who has an account now. An account that was there before, and whose address nobody has verified, is left alone. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    public Response enrol(@Nullable Enrolment wanted) {
        if (!SERVER.equals(permissions.adminAuth().getClient().getClientId())) {
            return problem(Response.Status.FORBIDDEN, "for the server only");
        }
        permissions.users().requireManage();
        if (wanted == null || !wanted.isSensible()) {
            return problem(Response.Status.BAD_REQUEST, "not to be understood");
        }
        OrganizationModel organization = organizations.getById(wanted.organization);
        if (organization == null) {
            return problem(Response.Status.NOT_FOUND, "no such organization");
        }
        permissions.orgs().requireManage(organization);
        List<Map<String, Object>> people = new ArrayList<>();
        for (Enrolment.Newcomer newcomer : Objects.requireNonNull(wanted.people)) {
            UserModel known = session.users().getUserByEmail(realm, newcomer.email);
            UserModel user = known == null ? made(newcomer) : known;
            if (user != null) {
                permissions.users().requireManage(user);
                if (user.isEmailVerified()) {
                    join(organization, user);
                }
                people.add(Map.of(
                        "email", Objects.requireNonNull(newcomer.email),
                        "subject", user.getId(),
                        "verified", user.isEmailVerified(),
                        "enabled", user.isEnabled()));
            }
        }
        return answer(Response.Status.OK, Map.of("people", people));
    }

    /** Null for somebody whom Keycloak would not have: by the name, for one. */
    private @Nullable UserModel made(Enrolment.Newcomer newcomer) {
        UserProfile profile = session.getProvider(UserProfileProvider.class)
                .create(
                        UserProfileContext.USER_API,
                        Map.of(
                                UserModel.USERNAME, Objects.requireNonNull(newcomer.email),
                                UserModel.EMAIL, newcomer.email,
                                UserModel.FIRST_NAME, Objects.requireNonNullElse(newcomer.givenName, ""),
                                UserModel.LAST_NAME, Objects.requireNonNullElse(newcomer.familyName, "")));
        try {
            profile.validate();
        } catch (ValidationException _) {
            return null;
        }
        UserModel user = profile.create(false);
        user.setEnabled(true);
        user.setEmailVerified(true);
        events.operation(OperationType.CREATE)
                .resource(ResourceType.USER)
                .resourcePath("users", user.getId())
                .success();
        return user;
    }

    private void join(OrganizationModel organization, UserModel user) {
        if (organizations.addMember(organization, user)) {
            events.operation(OperationType.CREATE)
                    .resource(ResourceType.ORGANIZATION_MEMBERSHIP)
                    .resourcePath("organizations", organization.getId(), "members", user.getId())
                    .success();
        }
    }

    private static Response problem(Response.Status status, String what) {
        return answer(status, Map.of(PROBLEM, what));
    }

    private static Response answer(Response.Status status, Object body) {
        return Response.status(status)
                .type(MediaType.APPLICATION_JSON)
                .entity(body)
                .build();
    }
}
