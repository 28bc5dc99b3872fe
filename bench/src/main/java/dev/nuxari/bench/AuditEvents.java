package dev.nuxari.bench;

import dev.nuxari.kernel.Json;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** Audit events without a secret, about 900 bytes each, the same in every run. */
final class AuditEvents {
    private static final List<String> NAMES =
            List.of("Mia Larch", "Jürgen Groß", "Kim Heron", "Aoife Ní Bhriain", "Tomás Vidal", "Lea Fjord");
    private static final List<String> REASONS = List.of(
            "Quarterly review: access to the ledger is no longer needed since the person moved to another department",
            "Needed for the closing of the quarter, as discussed with the owner of the system on Tuesday",
            "The old password policy asked for 8 characters; members were told to choose new ones by the end of May");

    private final Random random = new Random(20260301);

    private AuditEvents() {}

    static List<Json> made(int count) {
        AuditEvents made = new AuditEvents();
        List<Json> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            events.add(made.event(i));
        }
        return events;
    }

    private Json event(int number) {
        String person = NAMES.get(number % NAMES.size());
        String group = "cn=ledger-" + number % 40 + ",ou=groups,dc=example,dc=org";
        return Json.object(
                "v", 1,
                "eventId", uuid(),
                "organizationId", uuid(),
                "sequence", number,
                "at", "2026-03-%02dT10:%02d:00.123Z".formatted(number % 28 + 1, number % 60),
                "actor", Json.object("type", "member", "id", uuid(), "displayName", person),
                "action", "request.approve",
                "target", Json.object("type", "request", "id", uuid()),
                "outcome", "succeeded",
                "approvalRef", uuid(),
                "planHash", hex(32),
                "before", Json.object("state", "open", "groups", List.of(group)),
                "after",
                        Json.object("state", "granted", "groups", List.of(group, "cn=all,ou=groups,dc=example,dc=org")),
                "metadata",
                        Json.object(
                                "reason", REASONS.get(number % REASONS.size()),
                                "address", "192.0.2." + number % 250,
                                "requestId", uuid(),
                                "traceId", hex(16)));
    }

    private String uuid() {
        return UUID.nameUUIDFromBytes(bytes(16)).toString();
    }

    private String hex(int length) {
        return HexFormat.of().formatHex(bytes(length));
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
