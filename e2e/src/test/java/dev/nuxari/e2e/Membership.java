package dev.nuxari.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.cli.api.Fields;
import dev.nuxari.kernel.Json;
import java.util.List;

/** The members of {@code acme} and the terms on which they are, beside the console: to look, and to put back. */
final class Membership {
    private static final String POLICY = "/identity-policy";
    private static final int MOST = 200;

    private final Composed stack;
    private final Wire owner;

    Membership(Composed stack) {
        this.stack = stack;
        this.owner = stack.wire("acme", "owner");
    }

    /** The demonstration has one person per role, known by their address. */
    Json.Obj who(String role) {
        String email = stack.organization("acme").account(role).email();
        return stack.api("owner").list("/members", MOST).stream()
                .filter(member -> member.string("email").equalsIgnoreCase(email))
                .findFirst()
                .orElseThrow();
    }

    /** Gives the person who came with the one role another one, or their own back. */
    void give(String person, String role) {
        Json.Obj member = who(person);
        if (!member.string("role").equals(role)) {
            change("PATCH", "/members/" + member.string("memberId"), member, Json.object("role", role));
        }
    }

    List<String> domains() {
        return policy().strings("emailDomainAllowlist");
    }

    void allow(List<String> domains) {
        Json.Obj policy = policy();
        if (!policy.strings("emailDomainAllowlist").equals(domains)) {
            change("PUT", POLICY, policy, policy.without("version").with("emailDomainAllowlist", domains));
        }
    }

    private Json.Obj policy() {
        return stack.api("owner").get(POLICY);
    }

    private void change(String method, String path, Json.Obj seen, Json.Obj body) {
        Wire.Answer answer = owner.send(
                method,
                path,
                body.canonical().getBytes(UTF_8),
                "Content-Type",
                "application/json",
                "If-Match",
                "\"" + Fields.text(seen, "version") + "\"");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }
}
