package dev.nuxari.server.broker;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.server.broker.RealmAdministration.Answer;
import java.net.URI;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;

/**
 * People at the broker. Each call is repeatable: what is there already stays, what is gone already is no error. All of them
 * throw {@link dev.nuxari.server.api.DependencyDown} if the broker does not do it.
 */
@Component
public class BrokerAccounts {
    private static final String FAILURES = "/attack-detection/brute-force/users/{subject}";

    /** The browser goes there at once, and the person then thinks of a password. */
    private static final Duration SETUP_VALID_FOR = Duration.ofMinutes(30);

    private static final String CONSOLE = "nuxari-console";

    private final RealmAdministration realm;

    BrokerAccounts(RealmAdministration realm) {
        this.realm = realm;
    }

    public Optional<BrokerAccount> byEmail(String email) {
        return realm
                .get("/users?exact=true&briefRepresentation=true&email={email}", email)
                .expected("look for an account")
                .list()
                .stream()
                .map(BrokerAccount::of)
                .findFirst();
    }

    public Optional<BrokerAccount> bySubject(String subject) {
        Answer answer = realm.get("/users/{subject}", subject);
        return answer.isMissing()
                ? Optional.empty()
                : Optional.of(
                        BrokerAccount.of(answer.expected("show an account").object()));
    }

    /** The account with that address; made, without a password and so without a way in, if there is none. */
    public BrokerAccount ensure(NewAccount wanted) {
        Optional<BrokerAccount> known = byEmail(wanted.email());
        if (known.isPresent()) {
            return known.get();
        }
        Answer made = realm.send(HttpMethod.POST, representation(wanted), "/users");
        if (made.isConflict()) {
            return byEmail(wanted.email())
                    .orElseThrow(() -> new IllegalStateException("an account has that user name"));
        }
        made.expected("make an account");
        return new BrokerAccount(made.createdId().orElseThrow(), wanted.email(), wanted.verified(), true);
    }

    private static Json.Obj representation(NewAccount wanted) {
        return Json.object(
                "username", wanted.email(),
                "email", wanted.email(),
                "emailVerified", wanted.verified(),
                "firstName", wanted.givenName(),
                "lastName", wanted.familyName(),
                "enabled", true);
    }

    /**
     * {@link #ensure} and {@link #join} for many, in one call that does all of it or nothing. Whose account was there, with an
     * address that nobody has verified, is not let in; whom the broker would not have for another reason is left out.
     */
    public List<BrokerAccount> enrol(OrganizationId organization, List<NewAccount> people) {
        return realm
                .send(
                        HttpMethod.POST,
                        Json.object(
                                "organization",
                                organization.toString(),
                                "people",
                                people.stream().map(BrokerAccounts::newcomer).toList()),
                        "/nuxari-enrolments")
                .expected("let people in together")
                .object()
                .objects("people")
                .stream()
                .map(one -> new BrokerAccount(
                        one.string("subject"), one.string("email"), one.bool("verified"), one.bool("enabled")))
                .toList();
    }

    private static Json.Obj newcomer(NewAccount person) {
        if (!person.verified()) {
            throw new IllegalArgumentException("only whose address is known to be theirs is let in unseen");
        }
        return Json.object("email", person.email(), "givenName", person.givenName(), "familyName", person.familyName());
    }

    /** The person may sign in to the organization from now on, if they are a member of it here. */
    public void join(OrganizationId organization, String subject) {
        Answer answer = realm.send(
                HttpMethod.POST, Json.of(subject), "/organizations/{organization}/members", organization.toString());
        if (!answer.isConflict()) {
            answer.expected("let somebody into an organization");
        }
    }

    /**
     * Tokens of the person name the organization no more. Whom the organization's own identity provider has made (a managed
     * member of Keycloak) loses the account with it.
     */
    public void leave(OrganizationId organization, String subject) {
        Answer answer = realm.send(
                HttpMethod.DELETE,
                null,
                "/organizations/{organization}/members/{subject}",
                organization.toString(),
                subject);
        if (!answer.isMissing()) {
            answer.expected("let somebody out of an organization");
        }
    }

    /**
     * A link with which whoever opens it sets how they sign in to the account, once. To be handed to nobody but a person who has
     * come from a mail to the account's address: opening it verifies that.
     *
     * @param organization that lets the person in
     * @param actions what they have to do, in Keycloak's words
     * @return empty if there is a way to sign in to the account already, or it is another organization's
     */
    public Optional<URI> setUp(OrganizationId organization, String subject, List<String> actions) {
        Answer answer = realm.send(
                HttpMethod.POST,
                Json.object(
                        "subject",
                        subject,
                        "organization",
                        organization.toString(),
                        "actions",
                        actions,
                        "seconds",
                        SETUP_VALID_FOR.toSeconds(),
                        "client",
                        CONSOLE),
                "/nuxari-account-setups");
        return answer.isConflict()
                ? Optional.empty()
                : Optional.of(URI.create(answer.expected("let somebody set up their account")
                        .object()
                        .string("link")));
    }

    /** What the account can be signed in to with, the oldest first; not what other identity providers say of the person. */
    public List<BrokerCredential> credentials(String subject) {
        return realm
                .get("/users/{subject}/credentials", subject)
                .expected("show with what somebody signs in")
                .list()
                .stream()
                .flatMap(one -> BrokerCredential.of(one).stream())
                .sorted(Comparator.comparing(BrokerCredential::createdAt))
                .toList();
    }

    /** Whether another identity provider signs the person in. */
    public boolean isFederated(String subject) {
        return !realm.get("/users/{subject}/federated-identity", subject)
                .expected("show who vouches for somebody")
                .list()
                .isEmpty();
    }

    /** Nobody signs in with it any more. */
    public void forget(String subject, BrokerCredential credential) {
        Answer answer = realm.send(
                HttpMethod.DELETE, null, "/users/{subject}/credentials/{credential}", subject, credential.id());
        if (!answer.isMissing()) {
            answer.expected("forget a credential");
        }
    }

    /**
     * Ends the person's sessions at the broker one by one, which tells everybody whom they are signed in to.
     *
     * @param but the one that stays
     */
    public void signOut(String subject, Optional<String> but) {
        List<Json.Obj> open = realm.get("/users/{subject}/sessions", subject)
                .expected("show where somebody is signed in")
                .list();
        for (Json.Obj session : open) {
            if (!but.equals(Optional.of(session.string("id")))) {
                Answer answer = realm.send(HttpMethod.DELETE, null, "/sessions/{session}", session.string("id"));
                if (!answer.isMissing()) {
                    answer.expected("end a session");
                }
            }
        }
    }

    /** Ends all sessions of the person at the broker, which tells everybody whom they are signed in to. */
    public void signOut(String subject) {
        Answer answer = realm.send(HttpMethod.POST, null, "/users/{subject}/logout", subject);
        if (!answer.isMissing()) {
            answer.expected("sign somebody out");
        }
    }

    /** Whether failed sign-ins keep the person out now. */
    public boolean isLocked(String subject) {
        Answer answer = realm.get(FAILURES, subject);
        return !answer.isMissing()
                && answer.expected("tell whether somebody is locked out")
                        .object()
                        .bool("disabled");
    }

    /** Forgets the person's failed sign-ins. */
    public void unlock(String subject) {
        Answer answer = realm.send(HttpMethod.DELETE, null, FAILURES, subject);
        if (!answer.isMissing()) {
            answer.expected("end a lock");
        }
    }
}
