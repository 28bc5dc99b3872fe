package dev.nuxari.keycloak.invitation;

import java.util.Map;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.SingleUseObjectProvider;

/**
 * The links that may still be opened: one for an account, the newest. A link that was taken back, or given anew, is not among
 * them, however long its token would last.
 */
record OpenSetups(KeycloakSession session) {
    private static final String ORGANIZATION = "organization";
    private static final String LINK = "link";

    private SingleUseObjectProvider store() {
        return session.singleUseObjects();
    }

    private static String key(String subject) {
        return "nuxari-account-setup/" + subject;
    }

    void open(SetupToken token, long seconds) {
        String key = key(token.getSubject());
        store().remove(key);
        store().put(key, seconds, Map.of(ORGANIZATION, token.organization, LINK, token.getId()));
    }

    boolean isOpen(SetupToken token) {
        return Optional.ofNullable(store().get(key(token.getSubject())))
                .filter(open -> token.organization.equals(open.get(ORGANIZATION))
                        && token.getId().equals(open.get(LINK)))
                .isPresent();
    }

    /** What another organization has let somebody do stays. */
    void close(String organization, String subject) {
        Optional.ofNullable(store().get(key(subject)))
                .filter(open -> organization.equals(open.get(ORGANIZATION)))
                .ifPresent(_ -> store().remove(key(subject)));
    }
}
