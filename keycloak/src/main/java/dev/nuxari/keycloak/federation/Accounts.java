package dev.nuxari.keycloak.federation;

import dev.nuxari.keycloak.standing.Standing;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OrganizationModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.organization.OrganizationProvider;

/** Which accounts a provider may speak for: those of its own organization and of no other one, with an address of its own. */
record Accounts(KeycloakSession session, RealmModel realm) {
    private static final String ADMINISTRATION = "realm-management";

    private OrganizationProvider organizations() {
        return session.getProvider(OrganizationProvider.class);
    }

    Optional<OrganizationModel> organization(FederationTerms terms) {
        return Optional.ofNullable(organizations().getById(terms.organization()))
                .filter(OrganizationModel::isEnabled);
    }

    /**
     * Whoever runs the provider can be this account afterwards, also where they set a password for it. So it must not reach
     * beyond the organization: not to another one, and not into the administration of the realm.
     */
    boolean mayBeSpokenFor(UserModel account, FederationTerms terms) {
        Standing standing = Standing.of(session, account);
        return standing.organizations().equals(Set.of(terms.organization()))
                && standing.isFreeFor(terms.organization())
                && terms.covers(account.getEmail())
                && !isAdministrator(account);
    }

    /** One that is there already is only taken over if nobody but its holder can have that address, as far as is known. */
    boolean mayBeLinked(UserModel account, FederationTerms terms, String provider) {
        return mayBeSpokenFor(account, terms)
                && account.isEnabled()
                && account.isEmailVerified()
                && session.users().getFederatedIdentity(realm, account, provider) == null;
    }

    private boolean isAdministrator(UserModel account) {
        ClientModel administration = realm.getClientByClientId(ADMINISTRATION);
        return administration != null
                && account.getClientRoleMappingsStream(administration).findAny().isPresent();
    }

    @Nullable
    UserModel withAddress(String email) {
        UserModel account = session.users().getUserByEmail(realm, email);
        return account == null ? session.users().getUserByUsername(realm, email) : account;
    }

    UserModel create(OrganizationModel organization, Person person) {
        UserModel account = session.users().addUser(realm, person.email());
        account.setEnabled(true);
        account.setEmail(person.email());
        account.setEmailVerified(true);
        account.setFirstName(person.firstName());
        account.setLastName(person.lastName());
        Standing.speakFor(account, organization.getId());
        // Not a managed one: Keycloak would delete the account with the membership, and the next sign-in would make
        // another one, whose holder nobody here has suspended or let go.
        organizations().addMember(organization, account);
        return account;
    }

    /** What is taken from the provider for a new account. Attributes and roles are not. */
    record Person(
            String email,
            @Nullable String firstName,
            @Nullable String lastName) {
        /** Keycloak wants both, and would ask the person on a page where the address can be changed too. */
        Person {
            int at = email.indexOf('@');
            firstName = firstName == null || firstName.isBlank() ? email.substring(0, at) : firstName;
            lastName = lastName == null || lastName.isBlank() ? email.substring(at + 1) : lastName;
        }
    }
}
