package dev.nuxari.keycloak.standing;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OrganizationModel;
import org.keycloak.models.UserModel;
import org.keycloak.organization.OrganizationProvider;

/**
 * Where an account belongs.
 *
 * @param organizations those that it is a member of
 * @param spokenForBy the organization on whose word alone it was made; empty if a mail or the operator vouched for its address
 */
public record Standing(Set<String> organizations, Optional<String> spokenForBy) {
    private static final String SPOKEN_FOR_BY = "nuxari.spoken-for-by";

    public Standing {
        organizations = Set.copyOf(organizations);
    }

    public static Standing of(KeycloakSession session, UserModel account) {
        return new Standing(
                session.getProvider(OrganizationProvider.class)
                        .getByMember(account)
                        .map(OrganizationModel::getId)
                        .collect(Collectors.toSet()),
                Optional.ofNullable(account.getFirstAttribute(SPOKEN_FOR_BY)));
    }

    /** Not an attribute that people have in their profile: nobody but this extension reads or writes it. */
    public static void speakFor(UserModel account, String organization) {
        account.setSingleAttribute(SPOKEN_FOR_BY, organization);
    }

    /** Its holder has come from a mail to its address. */
    public static void vouchedFor(UserModel account) {
        account.removeAttribute(SPOKEN_FOR_BY);
    }

    /** Whether no other organization has made it. */
    public boolean isFreeFor(String organization) {
        return spokenForBy.filter(by -> !by.equals(organization)).isEmpty();
    }

    public boolean isElsewhere(String organization) {
        return organizations.stream().anyMatch(one -> !one.equals(organization));
    }

    /**
     * Whoever has made an account may have left a way in. As long as it is in an organization, that is that organization's; what
     * has been let go by all of them opens nothing, and is taken empty.
     */
    public Taking taking(String organization) {
        if (organizations.contains(organization) || isFreeFor(organization)) {
            return Taking.AS_IT_IS;
        }
        return organizations.isEmpty() ? Taking.EMPTIED : Taking.REFUSED;
    }
}
