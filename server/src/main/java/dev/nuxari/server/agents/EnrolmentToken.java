package dev.nuxari.server.agents;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.Sha256;
import dev.nuxari.server.api.TokenForm;
import java.util.Optional;

/** What a host shows once to become an agent, in the form of {@link TokenForm}. */
record EnrolmentToken(OrganizationId organization, String text) {
    private static final TokenForm FORM = new TokenForm("nxe");

    static EnrolmentToken random(OrganizationId organization) {
        return new EnrolmentToken(organization, FORM.random(organization));
    }

    /** Empty if it is none of ours, whoever may have made it. */
    static Optional<EnrolmentToken> parse(String text) {
        return FORM.organizationOf(text).map(organization -> new EnrolmentToken(organization, text));
    }

    String hash() {
        return Sha256.hexOf(text.getBytes(US_ASCII));
    }

    @Override
    public String toString() {
        return "EnrolmentToken[" + organization + ", ***]";
    }
}
