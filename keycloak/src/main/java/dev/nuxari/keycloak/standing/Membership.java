package dev.nuxari.keycloak.standing;

import java.util.UUID;
import org.keycloak.models.GroupModel;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OrganizationModel;
import org.keycloak.models.UserModel;
import org.keycloak.organization.OrganizationProvider;

/** In an organization of the broker. */
public record Membership(KeycloakSession session, OrganizationModel organization) {
    /**
     * Makes a managed member an ordinary one, and leaves an ordinary one alone. Of a managed one Keycloak deletes the account with
     * the membership; earlier versions of this extension made those.
     */
    public void ofOneself(UserModel account) {
        OrganizationProvider organizations = session.getProvider(OrganizationProvider.class);
        if (organizations.isManagedMember(organization, account)) {
            leave(organizations, account);
            organizations.addMember(organization, account);
            // It was the organization's provider that made the account.
            if (Standing.of(session, account).isFreeFor(organization.getId())) {
                Standing.speakFor(account, organization.getId());
            }
        }
    }

    /**
     * Keycloak has a membership as one in a group of the organization, and names that group to nobody, except as the one that others
     * are in. So one is made in it, and taken away again.
     */
    private void leave(OrganizationProvider organizations, UserModel account) {
        KeycloakContext context = session.getContext();
        OrganizationModel before = context.getOrganization();
        context.setOrganization(organization);
        GroupModel inside =
                organizations.createGroup(organization, UUID.randomUUID().toString(), null);
        try {
            account.leaveGroup(inside.getParent());
        } finally {
            session.groups().removeGroup(context.getRealm(), inside);
            context.setOrganization(before);
        }
    }
}
