package dev.nuxari.server.shares;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.Sha256;
import dev.nuxari.server.api.TokenForm;
import java.util.Optional;

/** What opens a link, in the form of {@link TokenForm}. */
record ShareToken(OrganizationId organization, String text) {
    private static final TokenForm FORM = new TokenForm("nxl");

    static ShareToken random(OrganizationId organization) {
        return new ShareToken(organization, FORM.random(organization));
    }

    /** Empty if it is none of ours, whoever may have made it. */
    static Optional<ShareToken> parse(String text) {
        return FORM.organizationOf(text).map(organization -> new ShareToken(organization, text));
    }

    String hash() {
        return Sha256.hexOf(text.getBytes(US_ASCII));
    }

    @Override
    public String toString() {
        return "ShareToken[" + organization + ", ***]";
    }
}
