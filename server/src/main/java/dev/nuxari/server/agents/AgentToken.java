package dev.nuxari.server.agents;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.Sha256;
import dev.nuxari.server.api.TokenForm;
import java.util.Optional;

/** What an enrolled agent shows to be itself, together with a proof of its key, in the form of {@link TokenForm}. */
record AgentToken(OrganizationId organization, String text) {
    private static final TokenForm FORM = new TokenForm("nxa");

    static AgentToken random(OrganizationId organization) {
        return new AgentToken(organization, FORM.random(organization));
    }

    /** Empty if it is none of ours, whoever may have made it. */
    static Optional<AgentToken> parse(String text) {
        return FORM.organizationOf(text).map(organization -> new AgentToken(organization, text));
    }

    String hash() {
        return Sha256.hexOf(text.getBytes(US_ASCII));
    }

    @Override
    public String toString() {
        return "AgentToken[" + organization + ", ***]";
    }
}
