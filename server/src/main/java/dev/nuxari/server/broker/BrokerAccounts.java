package dev.nuxari.server.broker;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.Spelling;
import dev.nuxari.server.broker.RealmAdministration.Answer;
import java.net.URI;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
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
    private static final String ENROLMENTS = "/nuxari-enrolments";
    private static final String SETUPS = "/nuxari-account-setups";

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
     * The account with that address, made if there is none, is among the organization's from now on: the organization itself says
     * whose the address is. Of an account that another one has made and let go nothing is left that opens it.
     */
    public Taking take(OrganizationId organization, NewAccount wanted) {
        return taking(realm.send(
                HttpMethod.POST,
                person(wanted).with("organization", organization.toString()).with("spokenFor", true),
                ENROLMENTS));
    }

    /**
     * {@link #take} for many, in one call that does all of it or nothing.
     *
     * @return the names of the accounts by the addresses that were asked for; whom the organization cannot have is not among them
     */
    public Map<String, String> takeTogether(OrganizationId organization, List<NewAccount> wanted) {
        return realm
                .send(
                        HttpMethod.POST,
                        Json.object(
                                "organization",
                                organization.toString(),
                                "people",
                                wanted.stream().map(BrokerAccounts::person).toList()),
                        ENROLMENTS + "/batch")
                .expected("let people in together")
                .object()
                .objects("people")
                .stream()
                .collect(Collectors.toUnmodifiableMap(one -> one.string("email"), one -> one.string("subject")));
    }

    private static Json.Obj person(NewAccount wanted) {
        return Json.object("email", wanted.email(), "givenName", wanted.givenName(), "familyName", wanted.familyName());
    }

    /** The same for somebody whose account it had before. */
    public Taking takeAgain(OrganizationId organization, String subject) {
        return taking(enrol(organization, subject, true));
    }

    /** Somebody who has signed in by themselves may sign in to the organization from now on, if they are a member of it here. */
    public Taking join(OrganizationId organization, String subject) {
        return taking(enrol(organization, subject, false));
    }

    private Answer enrol(OrganizationId organization, String subject, boolean spokenFor) {
        return realm.send(
                HttpMethod.POST,
                Json.object("organization", organization.toString(), "subject", subject, "spokenFor", spokenFor),
                ENROLMENTS);
    }

    private static Taking taking(Answer answer) {
        if (answer.isConflict()) {
            return new Taking.Refused(
                    Spelling.parse(Taking.Obstacle.class, answer.object().string("problem")));
        }
        return new Taking.Taken(
                answer.expected("let somebody into an organization").object().string("subject"));
    }

    /**
     * Tokens of the person name the organization no more. Whose last one it was is signed out at the broker too; sessions of others
     * are left to the organizations that they are still in.
     */
    public void leave(OrganizationId organization, String subject) {
        Answer answer = realm.send(
                HttpMethod.DELETE, null, ENROLMENTS + "/{organization}/{subject}", organization.toString(), subject);
        if (!answer.isMissing()) {
            answer.expected("let somebody out of an organization");
        }
    }

    /**
     * A link with which whoever opens it sets how they sign in to the account, once, and lets the account into the organization. To
     * be handed to nobody but a person who has come from a mail to the account's address: opening it verifies that. A link that
     * was made before opens nothing.
     *
     * @param organization that lets the person in
     * @param actions what they have to do, in Keycloak's words
     * @param atMost how long it may be opened, if that is shorter than half an hour
     * @return empty if there is a way to sign in to the account already, or it is another organization's
     */
    public Optional<URI> setUp(OrganizationId organization, String subject, List<String> actions, Duration atMost) {
        Duration valid = atMost.compareTo(SETUP_VALID_FOR) < 0 ? atMost : SETUP_VALID_FOR;
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
                        Math.max(valid.toSeconds(), 1),
                        "client",
                        CONSOLE),
                SETUPS);
        return answer.isConflict()
                ? Optional.empty()
                : Optional.of(URI.create(answer.expected("let somebody set up their account")
                        .object()
                        .string("link")));
    }

    /** The link that was given for the organization opens nothing from here on. */
    public void endSetUp(OrganizationId organization, String subject) {
        realm.send(HttpMethod.DELETE, null, SETUPS + "/{organization}/{subject}", organization.toString(), subject)
                .expected("take back a link");
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
