package dev.nuxari.server.identity;

import dev.nuxari.server.broker.BrokerCredential;
import dev.nuxari.server.broker.BrokerCredential.Kind;
import java.util.List;
import java.util.Optional;

/** Which of their own credentials somebody may remove: never the last one that they, or their organization, cannot do without. */
final class CredentialRule {
    private CredentialRule() {}

    /** What became of the wish to remove one. */
    sealed interface Ruling {
        record Accepted(BrokerCredential credential) implements Ruling {}

        record Refused(IdentityProblem why) implements Ruling {}
    }

    /**
     * Judges.
     *
     * @param factorDemanded whether the organization demands a second factor of the person
     * @param federated whether another identity provider signs them in, too
     */
    static Ruling judge(List<BrokerCredential> all, String id, boolean factorDemanded, boolean federated) {
        Optional<BrokerCredential> found =
                all.stream().filter(one -> one.id().equals(id) && isFactor(one)).findFirst();
        if (found.isEmpty()) {
            return new Ruling.Refused(IdentityProblem.NO_SUCH_CREDENTIAL);
        }
        List<BrokerCredential> left =
                all.stream().filter(one -> !one.id().equals(id)).toList();
        if (factorDemanded && left.stream().noneMatch(CredentialRule::isFactor)) {
            return new Ruling.Refused(IdentityProblem.LAST_SECOND_FACTOR);
        }
        // An authenticator app alone lets nobody in.
        if (!federated && left.stream().noneMatch(one -> one.kind() != Kind.TOTP)) {
            return new Ruling.Refused(IdentityProblem.LAST_WAY_IN);
        }
        return new Ruling.Accepted(found.get());
    }

    /** A password is changed, and not removed. */
    static boolean isFactor(BrokerCredential credential) {
        return credential.kind() != Kind.PASSWORD;
    }
}
