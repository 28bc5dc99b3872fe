package dev.nuxari.keycloak.enrolment;

import static java.util.Objects.requireNonNull;

import dev.nuxari.keycloak.standing.Emptying;
import dev.nuxari.keycloak.standing.Membership;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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

/**
 * Lets accounts into organizations and out again, for the server's own client only. Making the account, saying on whose word it
 * stands and letting it in is one transaction, so nothing is ever half of that.
 */
public final class EnrolmentResource {
    private static final String SERVER = "nuxari-server";

    private final KeycloakSession session;
    private final RealmModel realm;
    private final AdminPermissionEvaluator permissions;
    private final AdminEventBuilder events;
    private final InstantSource clock;
    private final OrganizationProvider organizations;

    EnrolmentResource(
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
        this.organizations = session.getProvider(OrganizationProvider.class);
    }

    /** What became of one wish: the account's name, or what stands against it. */
    private record Outcome(
            @Nullable String subject, @Nullable String problem) {
        static Outcome refused(String problem) {
            return new Outcome(null, problem);
        }
    }

    /** Answers the account's name; 409 for one that the organization cannot have, and why. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    public Response enrol(@Nullable Enrolment wanted) {
        if (!isServer()) {
            return problem(Response.Status.FORBIDDEN, "for the server only");
        }
        if (wanted == null || !wanted.isSensible()) {
            return problem(Response.Status.BAD_REQUEST, "not to be understood");
        }
        OrganizationModel organization = organizations.getById(requireNonNull(wanted.organization));
        if (organization == null
                || (wanted.subject != null && session.users().getUserById(realm, wanted.subject) == null)) {
            return problem(Response.Status.NOT_FOUND, "no such organization or account");
        }
        Outcome outcome = outcome(organization, wanted);
        return outcome.problem() != null
                ? problem(Response.Status.CONFLICT, outcome.problem())
                : ok(Map.of("subject", requireNonNull(outcome.subject())));
    }

    /**
     * The same for many on the organization's word, in one transaction: in one request what would be three for each person. Answers
     * whom the organization has now; who is not among them is asked for alone, which tells why.
     */
    @POST
    @Path("batch")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    public Response enrolTogether(@Nullable EnrolmentBatch wanted) {
        if (!isServer()) {
            return problem(Response.Status.FORBIDDEN, "for the server only");
        }
        if (wanted == null || !wanted.isSensible()) {
            return problem(Response.Status.BAD_REQUEST, "not to be understood");
        }
        OrganizationModel organization = organizations.getById(requireNonNull(wanted.organization));
        if (organization == null) {
            return problem(Response.Status.NOT_FOUND, "no such organization");
        }
        List<Map<String, String>> people = new ArrayList<>();
        for (Enrolment one : requireNonNull(wanted.people)) {
            Outcome outcome = outcome(organization, one);
            if (outcome.subject() != null) {
                people.add(Map.of("email", requireNonNull(one.email), "subject", outcome.subject()));
            }
        }
        return ok(Map.of("people", people));
    }

    private Outcome outcome(OrganizationModel organization, Enrolment wanted) {
        UserModel account = account(wanted);
        return account == null ? made(organization, wanted) : taken(organization, account, wanted.spokenFor);
    }

    private boolean isServer() {
        if (!SERVER.equals(permissions.adminAuth().getClient().getClientId())) {
            return false;
        }
        permissions.users().requireManage();
        return true;
    }

    private @Nullable UserModel account(Enrolment wanted) {
        if (wanted.subject != null) {
            return session.users().getUserById(realm, wanted.subject);
        }
        String email = address(wanted);
        UserModel account = session.users().getUserByEmail(realm, email);
        return account == null ? session.users().getUserByUsername(realm, email) : account;
    }

    private static String address(Enrolment wanted) {
        return requireNonNull(wanted.email).toLowerCase(Locale.ROOT);
    }

    private Outcome made(OrganizationModel organization, Enrolment wanted) {
        String email = address(wanted);
        int at = email.indexOf('@');
        UserModel account = session.users().addUser(realm, email);
        account.setEnabled(true);
        account.setEmail(email);
        account.setEmailVerified(true);
        account.setFirstName(Enrolment.name(wanted.givenName, email.substring(0, at)));
        account.setLastName(Enrolment.name(wanted.familyName, email.substring(at + 1)));
        return joined(organization, account, true);
    }

    private Outcome taken(OrganizationModel organization, UserModel account, boolean spokenFor) {
        // Somebody may have taken the address of a person before they came.
        if (spokenFor && !account.isEmailVerified()) {
            return Outcome.refused("address-not-verified");
        }
        Taking taking = Standing.of(session, account).taking(organization.getId());
        return switch (taking) {
            case AS_IT_IS -> joined(organization, account, false);
            // Whoever has just signed in would be put out by that, and has perhaps used what is to be taken away.
            case EMPTIED -> spokenFor ? emptied(organization, account) : Outcome.refused("spoken-for-elsewhere");
            case REFUSED -> Outcome.refused("spoken-for-elsewhere");
        };
    }

    private Outcome emptied(OrganizationModel organization, UserModel account) {
        new Emptying(session, realm, clock).empty(account);
        return joined(organization, account, true);
    }

    private Outcome joined(OrganizationModel organization, UserModel account, boolean onItsWord) {
        if (onItsWord) {
            Standing.speakFor(account, organization.getId());
        }
        if (!organizations.isMember(organization, account)) {
            organizations.addMember(organization, account);
            event(OperationType.CREATE, organization, account);
        }
        return new Outcome(account.getId(), null);
    }

    /**
     * Whose last organization it was is signed out. The sessions of somebody who is still in another one are that one's too, and
     * not for this one to end; tokens name the organization no more.
     */
    @DELETE
    @Path("{organization}/{subject}")
    public Response letGo(@PathParam("organization") String id, @PathParam("subject") String subject) {
        if (!isServer()) {
            return problem(Response.Status.FORBIDDEN, "for the server only");
        }
        OrganizationModel organization = organizations.getById(id);
        UserModel account = session.users().getUserById(realm, subject);
        if (organization == null || account == null) {
            return problem(Response.Status.NOT_FOUND, "no such organization or account");
        }
        if (organizations.isMember(organization, account)) {
            new Membership(session, organization).ofOneself(account);
            organizations.removeMember(organization, account);
            event(OperationType.DELETE, organization, account);
        }
        if (Standing.of(session, account).organizations().isEmpty()) {
            new Emptying(session, realm, clock).signOut(account);
        }
        return Response.noContent().build();
    }

    private void event(OperationType operation, OrganizationModel organization, UserModel account) {
        events.operation(operation)
                .resource(ResourceType.ORGANIZATION_MEMBERSHIP)
                .resourcePath("organizations", organization.getId(), "members", account.getId())
                .success();
    }

    private static Response ok(Object body) {
        return Response.ok(body, MediaType.APPLICATION_JSON).build();
    }

    private static Response problem(Response.Status status, String problem) {
        return Response.status(status)
                .type(MediaType.APPLICATION_JSON)
                .entity(Map.of("problem", problem))
                .build();
    }
}
