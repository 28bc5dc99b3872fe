package dev.nuxari.server.testing;

import dev.nuxari.kernel.Json;

/** An identity policy as it is sent: whole, with the values that an organization begins with. */
public final class TestPolicy {
    private static final Json.Obj FIRST = Json.object(
            "emailDomainAllowlist", Json.parse("[]"),
            "mfaRequired", "nobody",
            "loginMethods", Json.parse("[\"password\",\"passkey\",\"oidc\",\"saml\"]"),
            "ipAllowlist", Json.parse("[]"),
            "inviteTtl", "PT168H",
            "sessionMaxAge", "PT12H",
            "idleTimeout", "PT1H");

    private TestPolicy() {}

    /** With other values for some members; apostrophes stand for quotation marks. */
    public static String with(String members) {
        Json.Obj policy = FIRST;
        for (var member : Json.parseObject(members.replace('\'', '"')).members().entrySet()) {
            policy = policy.with(member.getKey(), member.getValue());
        }
        return policy.canonical();
    }

    /** Without one of its members. */
    public static String without(String member) {
        return FIRST.without(member).canonical();
    }
}
