package dev.nuxari.keycloak.federation;

/** Found by Keycloak through its service file. Public, with a public constructor, because Keycloak's build makes it. */
public final class BrokerBoundsFactory extends StepFactory {
    public BrokerBoundsFactory() {
        super(new BrokerBounds());
    }

    @Override
    public String getId() {
        return "nuxari-broker-bounds";
    }

    @Override
    public String getDisplayType() {
        return "Nuxari: bounds of an organization's provider";
    }

    @Override
    public String getHelpText() {
        return "The account is one that the provider may speak for.";
    }
}
