package dev.nuxari.protocol.agent;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.JsonException;
import dev.nuxari.kernel.PlanHash;
import dev.nuxari.kernel.Sha256;
import dev.nuxari.protocol.Located;
import dev.nuxari.protocol.VerificationKey;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/**
 * How many of which people have to have signed a plan with their authenticators, whatever the platform says of its approval. With
 * this, all keys of the platform together are not enough.
 *
 * @param needed of distinct approvers
 */
record ApproverDemand(int needed, String relyingPartyId, Set<String> origins, List<Approver> approvers) {
    private static final int HASH = 32;
    private static final int SHORTEST_DATA = 37;
    private static final int USER_PRESENT = 0x01;
    private static final int USER_VERIFIED = 0x04;

    static ApproverDemand parse(Located json) {
        json.requireMembers("needed", "relyingPartyId", "origins", "approvers");
        List<Approver> approvers =
                json.objects("approvers").stream().map(Approver::parse).toList();
        Set<String> ids = new HashSet<>();
        Set<String> credentials = new HashSet<>();
        for (Approver approver : approvers) {
            boolean own = approver.credentials().stream().allMatch(credential -> credentials.add(credential.id()));
            if (!ids.add(approver.id()) || !own) {
                throw json.refuse("approvers", "each person once, and each credential one person's");
            }
        }
        int needed = json.number("needed");
        if (needed < 1 || needed > approvers.size()) {
            throw json.refuse("needed", "between 1 and the number of approvers");
        }
        return new ApproverDemand(
                needed, json.string("relyingPartyId"), Set.copyOf(json.strings("origins")), approvers);
    }

    /** Whether enough of them have signed this plan, and none of those counted asked for it. */
    boolean isMet(ActionPackage order) {
        List<Json> concerned = List.of(order.planMember("requester"), order.planMember("beneficiary"));
        long signed = approvers.stream()
                .filter(approver -> approver.member()
                        .map(Json::of)
                        .filter(concerned::contains)
                        .isEmpty())
                .filter(approver -> hasSigned(approver, order))
                .count();
        return signed >= needed;
    }

    private boolean hasSigned(Approver approver, ActionPackage order) {
        return order.assertions().stream()
                .anyMatch(assertion -> approver.key(assertion.credentialId())
                        .filter(key -> isOver(assertion, key, order.planHash()))
                        .isPresent());
    }

    private boolean isOver(Assertion assertion, VerificationKey key, PlanHash plan) {
        byte[] data = AgentKey.fromBase64url(assertion.authenticatorData());
        byte[] clientData = AgentKey.fromBase64url(assertion.clientDataJson());
        byte[] signed = ByteBuffer.allocate(data.length + HASH)
                .put(data)
                .put(Sha256.of(clientData))
                .array();
        return isByPersonHere(data)
                && isForPlan(clientData, plan)
                && key.verifies(AgentKey.fromBase64url(assertion.signature()), signed);
    }

    private boolean isByPersonHere(byte[] data) {
        byte[] relyingParty = Sha256.of(relyingPartyId.getBytes(UTF_8));
        int wanted = USER_PRESENT | USER_VERIFIED;
        return data.length >= SHORTEST_DATA
                && Arrays.equals(Arrays.copyOf(data, HASH), relyingParty)
                && (data[HASH] & wanted) == wanted;
    }

    private boolean isForPlan(byte[] clientData, PlanHash plan) {
        try {
            Json.Obj client = Json.parseObject(new String(clientData, UTF_8));
            String challenge = AgentKey.base64url(HexFormat.of().parseHex(plan.hex()));
            return client.string("type").equals("webauthn.get")
                    && client.string("challenge").equals(challenge)
                    && origins.contains(client.string("origin"))
                    && !(client.has("crossOrigin") && client.bool("crossOrigin"));
        } catch (JsonException e) {
            return false;
        }
    }
}
