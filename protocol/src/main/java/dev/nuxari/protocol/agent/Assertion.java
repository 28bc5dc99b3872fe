package dev.nuxari.protocol.agent;

import dev.nuxari.kernel.Json;
import dev.nuxari.protocol.Located;
import java.util.function.UnaryOperator;

/**
 * What an authenticator answered when a person was asked to sign a plan (WebAuthn Level 3, section 5.2.2). All of it is base64url.
 */
public record Assertion(String credentialId, String authenticatorData, String clientDataJson, String signature) {
    static final UnaryOperator<String> RESPELLED = text -> AgentKey.base64url(AgentKey.fromBase64url(text));

    public Assertion {
        AgentKey.fromBase64url(credentialId);
        AgentKey.fromBase64url(authenticatorData);
        AgentKey.fromBase64url(clientDataJson);
        AgentKey.fromBase64url(signature);
    }

    static Assertion parse(Located json) {
        json.requireMembers("credentialId", "authenticatorData", "clientDataJSON", "signature");
        return new Assertion(
                json.read("credentialId", RESPELLED),
                json.read("authenticatorData", RESPELLED),
                json.read("clientDataJSON", RESPELLED),
                json.read("signature", RESPELLED));
    }

    /** As a package carries it. */
    public Json.Obj json() {
        return Json.object(
                "credentialId", credentialId,
                "authenticatorData", authenticatorData,
                "clientDataJSON", clientDataJson,
                "signature", signature);
    }
}
