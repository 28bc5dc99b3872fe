package dev.nuxari.server.leaks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.PlanHash;
import dev.nuxari.kernel.Role;
import dev.nuxari.server.api.ServedRoutes;
import dev.nuxari.server.api.ServedRoutes.Served;
import dev.nuxari.server.testing.ServerTest;
import dev.nuxari.server.testing.TestDatabase;
import dev.nuxari.server.testing.TestHttp;
import dev.nuxari.server.testing.TestOrganization;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.core.MethodParameter;
import org.springframework.util.ClassUtils;
import org.springframework.web.bind.annotation.RequestBody;

/**
 * No secret that comes in anywhere can be read again anywhere. An ordinary word is pushed in beside the secrets, and found:
 * so it is known that the search looks where it says.
 *
 * <p>An answer repeats no secret either, not even to whoever has just sent it: answers are copied into tickets, and kept for
 * whoever sends the request again.
 */
@ServerTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NoLeakTest {
    private static final Logger log = LoggerFactory.getLogger(NoLeakTest.class);
    private static final String CREDENTIAL = "credential of the directory";

    private final Canaries canaries = new Canaries();

    @SuppressWarnings("NullAway.Init")
    private TestOrganization organization;

    @SuppressWarnings("NullAway.Init")
    private List<Served> routes;

    @SuppressWarnings("NullAway.Init")
    private Leaks leaks;

    @BeforeAll
    void pushAndSearch(@Autowired TestHttp http, @Autowired ApplicationContext context) {
        organization = TestOrganization.fresh();
        routes = ServedRoutes.of(context).all();
        Wire wire = new Wire(http.uri("/"));
        String control = canaries.text("sinks", Kind.PLAIN_WORD);
        byte[] written;
        Story story;
        try (var output = new Output();
                var directory =
                        new LadenDirectory(canaries, canaries.bare(CREDENTIAL), organization.member(Role.REQUESTER))) {
            story = new Story(canaries, wire, organization, directory);
            story.tell();
            routes.forEach(route -> new Assault(canaries, story, route).make());
            Rubbish.send(canaries, wire);
            log(control);
            written = output.written();
        }
        story.readEverything();
        leaks = new Leaks(new Needles(canaries.made()));
        search(new Sinks(leaks, control), story, wire, written);
    }

    /** As a library does that knows no better. */
    private void log(String control) {
        log.warn("{} and {}", control, canaries.all("message of the log"));
        var cause = new IllegalArgumentException(canaries.all("cause of a defect"));
        log.error("a defect", new IllegalStateException(canaries.all("message of a defect"), cause));
    }

    /** Only the package and its document have its text; the other forms of it have hashes and keys. */
    private static void search(Sinks sinks, Story story, Wire wire, byte[] written) {
        String export = "/evidence-packages/%s/export?format=";
        for (String id : story.packages()) {
            sinks.export("json", story.get(export.formatted(id) + "json").body());
        }
        String first = story.packages().getFirst();
        for (String format : List.of("pdf", "oscal", "sigstore", "sigstore-trusted-root", "sigstore-public-key")) {
            sinks.export(format, story.get(export.formatted(first) + format).body());
        }
        sinks.answers(wire.answers());
        sinks.log(written);
        sinks.tables();
        sinks.views();
        sinks.files();
    }

    @Test
    @Claim("A2")
    void noSecretIsFoundAnywhere() {
        assertThat(leaks.secrets()).isEmpty();
    }

    @Test
    @Claim({"A2", "E1"})
    void credentialOfAConnectorIsInTheVaultAndNowhereElse() {
        assertThat(leaks.secrets()).noneMatch(leak -> leak.contains(CREDENTIAL));
        assertThat(TestDatabase.beyondTheWalls()
                        .sql("SELECT count(*) FROM credential WHERE organization_id = ?")
                        .param(organization.id().value())
                        .query((row, _) -> row.getInt(1))
                        .single())
                .isPositive();
    }

    @Test
    void ordinaryWordIsFoundInEverySink() {
        assertThat(Set.of(
                        "answer to GET /audit-events/export",
                        "answer to GET /log/{id}/tile/entries",
                        "export as json",
                        "file below base",
                        "file below pg_wal",
                        "log of the database",
                        "log of the server",
                        "table account.display_name",
                        "table approval_decision.reason",
                        "table audit_event.leaf",
                        "table connector.name",
                        "table entitlement.description",
                        "table evidence_package.sealed",
                        "table evidence_record.content",
                        "table idempotency_key.body",
                        "table request.justification",
                        "text of a PDF",
                        "view pg_stat_activity.query"))
                .isSubsetOf(leaks.reached());
    }

    /** A route that takes a text from somebody is not in the story by itself. */
    @Test
    void everyTextThatARouteAcceptsIsInTheStory() {
        Map<String, List<String>> accepted = new TreeMap<>();
        for (Served route : routes) {
            List<String> texts = Arrays.stream(route.handler().getMethodParameters())
                    .filter(parameter -> parameter.hasParameterAnnotation(RequestBody.class))
                    .map(MethodParameter::nestedIfOptional)
                    .flatMap(parameter -> texts("", parameter.getNestedParameterType()))
                    .toList();
            if (!texts.isEmpty()) {
                accepted.put(route.toString().replace("/api/v1/organizations/{organizationId}", ""), texts);
            }
        }

        assertThat(accepted).containsExactlyInAnyOrderEntriesOf(Story.WRITTEN);
    }

    private static Stream<String> texts(String path, Class<?> body) {
        return body.isRecord()
                ? Arrays.stream(body.getRecordComponents()).flatMap(component -> texts(path, component))
                : Stream.empty();
    }

    private static Stream<String> texts(String path, RecordComponent component) {
        Class<?> type = component.getType();
        if (type.equals(PlanHash.class)) {
            return Stream.empty();
        }
        boolean free = CharSequence.class.isAssignableFrom(type)
                || Collection.class.isAssignableFrom(type)
                || Map.class.isAssignableFrom(type)
                || Json.class.isAssignableFrom(type);
        return free ? Stream.of(path + component.getName()) : texts(path + component.getName() + "/", type);
    }

    /** There are none yet. Whoever adds some adds what they say to the sinks. */
    @Test
    void serverHasNoMetricsThatWereNotSearched() {
        assertThat(ClassUtils.isPresent("io.micrometer.core.instrument.MeterRegistry", null))
                .isFalse();
    }
}
