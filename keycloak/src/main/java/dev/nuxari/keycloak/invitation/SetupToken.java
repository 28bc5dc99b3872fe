package dev.nuxari.keycloak.invitation;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.keycloak.authentication.actiontoken.DefaultActionToken;
import org.keycloak.models.UserModel;

/** What stands in a link with which somebody sets how they sign in. Public and open, because Keycloak's reader of JSON fills it. */
public final class SetupToken extends DefaultActionToken {
    static final String TYPE = "nuxari-account-setup";

    /** The organization that lets the person in. */
    @JsonProperty("nuxari_organization")
    public String organization = "";

    /** What the person has to do, in Keycloak's words. */
    @JsonProperty("nuxari_actions")
    public List<String> actions = List.of();

    /** For Keycloak's reader of JSON. */
    SetupToken() {}

    SetupToken(UserModel account, int expiration, String organization, List<String> actions, String client) {
        super(account.getId(), TYPE, expiration, null);
        this.organization = organization;
        this.actions = List.copyOf(actions);
        this.issuedFor = client;
        setEmail(account.getEmail());
    }
}
