package dev.nuxari.keycloak.federation;

/** Found by Keycloak through its service file. Public, with a public constructor, because Keycloak's build makes it. */
public final class FirstBrokerLoginFactory extends StepFactory {
    public FirstBrokerLoginFactory() {
        super(new FirstBrokerLogin());
    }

    @Override
    public String getId() {
        return "nuxari-first-broker";
    }

    @Override
    public String getDisplayType() {
        return "Nuxari: account for an organization's provider";
    }

    @Override
    public String getHelpText() {
        return "A new account, or the one of a member. Nothing is asked.";
    }
}
