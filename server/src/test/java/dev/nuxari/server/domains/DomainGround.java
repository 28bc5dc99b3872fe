package dev.nuxari.server.domains;

import static dev.nuxari.server.testing.TestDatabase.beyondTheWalls;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.Role;
import dev.nuxari.server.testing.ManualClock;
import dev.nuxari.server.testing.TestDns;
import dev.nuxari.server.testing.TestHttp;
import dev.nuxari.server.testing.TestHttp.Answer;
import dev.nuxari.server.testing.TestOrganization;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/** An organization with a domain, and the name server that is asked about it. */
record DomainGround(TestHttp http, ManualClock clock, TestOrganization organization) {
    static DomainGround fresh(TestHttp http, ManualClock clock) {
        return new DomainGround(http, clock, TestOrganization.fresh());
    }

    /** A domain that no other test has. */
    static String unused() {
        return "d" + UUID.randomUUID() + ".example";
    }

    TestHttp.Session as(Role role) {
        return http.as(organization.member(role));
    }

    Answer tried(String domain) {
        return as(Role.OWNER).post("/domains", "{'domain': '" + domain + "'}");
    }

    /** The domain, with a turn to be looked at. */
    Json.Obj added(String domain) {
        Answer answer = tried(domain);
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        clock.advance(DomainChecks.EVERY);
        return answer.json();
    }

    static void publish(Json.Obj domain, String... more) {
        Json.Obj record = domain.object("record");
        String[] values = Arrays.copyOf(more, more.length + 1);
        values[more.length] = record.string("value");
        TestDns.instance().txt(record.string("name"), values);
    }

    Answer checkedNow(Json.Obj domain) {
        return as(Role.OWNER).post("/domains/" + domain.string("id") + "/checks", "{}");
    }

    Json.Obj checked(Json.Obj domain) {
        clock.advance(DomainChecks.EVERY);
        Answer answer = checkedNow(domain);
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer.json();
    }

    Json.Obj verified(String name) {
        Json.Obj domain = added(name);
        publish(domain);
        Json.Obj checked = checked(domain);
        assertThat(checked.string("outcome")).isEqualTo("found");
        return checked.object("domain");
    }

    Json.Obj shown(Json.Obj domain) {
        return as(Role.OWNER).get("/domains").items().stream()
                .filter(one -> one.string("id").equals(domain.string("id")))
                .findFirst()
                .orElseThrow();
    }

    /** The newest last: {@code domain.add succeeded}. */
    List<String> events() {
        return beyondTheWalls()
                .sql("""
                SELECT action || ' ' || outcome || ' ' || actor
                FROM audit_event WHERE organization_id = ? AND noun = 'domain' ORDER BY sequence
                """)
                .param(organization.id().value())
                .query((row, _) -> row.getString(1).replaceFirst(" member:.*", ""))
                .list();
    }

    Json.Obj lastEvent() {
        return Json.parseObject(beyondTheWalls()
                .sql("""
                SELECT convert_from(leaf, 'UTF8')
                FROM audit_event WHERE organization_id = ? AND noun = 'domain' ORDER BY sequence DESC LIMIT 1
                """)
                .param(organization.id().value())
                .query((row, _) -> String.valueOf(row.getString(1)))
                .single());
    }
}
