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
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.core.MethodParameter;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.ClassUtils;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.context.WebApplicationContext;

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
    private static final String NAME = "name of a member";
    private static final String OURS = "dev.nuxari";

    private final Canaries canaries = new Canaries();

    @SuppressWarnings("NullAway.Init")
    private TestOrganization organization;

    @SuppressWarnings("NullAway.Init")
    private List<Served> routes;

    @SuppressWarnings("NullAway.Init")
    private Leaks leaks;

    @BeforeAll
    void pushAndSearch(@Autowired TestHttp http, @Autowired WebApplicationContext context) {
        organization = TestOrganization.fresh();
        routes = ServedRoutes.of(context).all();
        Wire wire = new Wire(http.uri("/"));
        String control = canaries.text("sinks", Kind.PLAIN_WORD);
        byte[] written;
        Story story;
        enrolNamed();
        LoggingSystem logging = LoggingSystem.get(getClass().getClassLoader());
        logging.setLogLevel(OURS, LogLevel.DEBUG);
        try (var output = new Output();
                var systems = LadenSystems.start(canaries, organization.member(Role.REQUESTER))) {
            story = new Story(canaries, wire, organization, systems);
            story.tell();
            routes.forEach(route -> new Assault(canaries, story, route).make());
            Rubbish.send(canaries, wire);
            log(control);
            written = output.written();
        } finally {
            logging.setLogLevel(OURS, null);
        }
        story.readEverything();
        leaks = new Leaks(new Needles(canaries.made()));
        var sinks = new Sinks(leaks, control);
        search(sinks, story, wire, written);
        sinks.temporaryFiles();
        sinks.container(Objects.requireNonNull(context.getServletContext()));
    }

    /** Whoever enrols members writes their names, and not through this server. */
    private void enrolNamed() {
        JdbcClient provisioner = JdbcClient.create(TestDatabase.as("nuxari_provisioner"));
        for (Kind kind : Kind.values()) {
            provisioner
                    .sql("SELECT provision_member(?, ?, ?, ?, 'readonly')")
                    .params(
                            organization.id().value(),
                            UUID.randomUUID().toString(),
                            kind + "@example.org",
                            canaries.text(NAME, kind))
                    .query((_, _) -> kind)
                    .single();
        }
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
        sinks.management();
    }

    @Test
    @Claim("A2")
    void noSecretIsFoundAnywhere() {
        assertThat(leaks.secrets()).filteredOn(leak -> !leak.contains(NAME)).isEmpty();
    }

    /** It identifies somebody, so it is shown as it is, and never copied to where the log, the evidence or an export is. */
    @Test
    void nameOfAMemberIsShownWhereMembersAreAndNowhereElse() {
        assertThat(leaks.secrets())
                .filteredOn(leak -> leak.contains(NAME))
                .isNotEmpty()
                .allSatisfy(leak -> assertThat(leak)
                        .matches("(table member\\.display_name|file below (base|pg_wal)|answer to .*/members.*?): .*"));
    }

    @Test
    @Claim({"A2", "E1"})
    void credentialOfAConnectorIsInTheVaultAndNowhereElse() {
        assertThat(leaks.secrets())
                .noneMatch(leak -> LadenSystems.CREDENTIALS.stream().anyMatch(leak::contains));
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
                        "answer to GET /evidence-collections",
                        "answer to GET /log/{id}/tile/entries",
                        "export as json",
                        "file below base",
                        "file below pg_wal",
                        "file of the container",
                        "log of the database",
                        "log of the server",
                        "management of the process",
                        "table account.display_name",
                        "table approval_decision.reason",
                        "table audit_event.leaf",
                        "table connector.name",
                        "table entitlement.description",
                        "table evidence_package.sealed",
                        "table evidence_record.content",
                        "table idempotency_key.body",
                        "table member.display_name",
                        "table request.justification",
                        "temporary file",
                        "text of a PDF",
                        "view pg_stat_activity.query"))
                .filteredOn(sink -> !leaks.reached().contains(sink))
                .isEmpty();
    }

    /** A route that takes a text from somebody is not in the story by itself. */
    @Test
    void everyTextThatARouteAcceptsIsInTheStory() {
        Map<String, List<String>> accepted = new TreeMap<>();
        // Agents speak in closed schemas, which have no place for text: see PackagesHttpTest.
        for (Served route : routes.stream().filter(one -> !one.ofAnAgent()).toList()) {
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
