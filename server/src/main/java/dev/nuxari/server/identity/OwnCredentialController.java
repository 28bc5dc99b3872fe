package dev.nuxari.server.identity;

import dev.nuxari.kernel.ProblemException;
import dev.nuxari.server.api.InvalidField;
import dev.nuxari.server.broker.BrokerCredential;
import dev.nuxari.server.broker.BrokerCredential.Kind;
import dev.nuxari.server.tenancy.Caller;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** With what one signs in. */
@RestController
@RequestMapping("/api/v1/me/credentials")
class OwnCredentialController {
    private static final int LONGEST = 100;

    private final OwnCredentials credentials;

    OwnCredentialController(OwnCredentials credentials) {
        this.credentials = credentials;
    }

    /**
     * A password, a passkey or an authenticator app.
     *
     * @param label what its owner has called it
     * @param removable whether it can be removed by itself: a password is only changed
     */
    record CredentialView(String id, Kind kind, @Nullable String label, Instant createdAt, boolean removable) {
        static CredentialView of(BrokerCredential credential) {
            return new CredentialView(
                    credential.id(),
                    credential.kind(),
                    credential.label(),
                    credential.createdAt(),
                    CredentialRule.isFactor(credential));
        }
    }

    /** All of them. */
    record CredentialsView(List<CredentialView> items) {}

    /** Which one. */
    record NewCredentialRemoval(String credentialId) {
        NewCredentialRemoval {
            credentialId = InvalidField.text("credentialId", credentialId, LONGEST);
        }
    }

    @GetMapping
    CredentialsView listCredentials(Caller caller) {
        return view(caller);
    }

    /** Answers what is left. */
    @PostMapping("/removals")
    @ResponseStatus(HttpStatus.CREATED)
    CredentialsView removeCredential(
            @RequestBody NewCredentialRemoval wanted,
            Caller caller,
            @RequestAttribute(Authentication.ATTRIBUTE) Authentication authentication) {
        SessionId current =
                authentication.openSession().map(open -> open.row().id()).orElse(null);
        return switch (credentials.remove(caller, wanted.credentialId(), current)) {
            case CredentialRule.Ruling.Accepted _ -> view(caller);
            case CredentialRule.Ruling.Refused(IdentityProblem why) -> throw new ProblemException(why, advice(why));
        };
    }

    private CredentialsView view(Caller caller) {
        return new CredentialsView(
                credentials.list(caller).stream().map(CredentialView::of).toList());
    }

    private static String advice(IdentityProblem why) {
        return switch (why) {
            case LAST_SECOND_FACTOR ->
                "Your organization demands a second factor of you. Add another passkey or authenticator app first.";
            case LAST_WAY_IN -> "Set a password or add another passkey first.";
            default -> "It may have been removed. Look at the list.";
        };
    }
}
