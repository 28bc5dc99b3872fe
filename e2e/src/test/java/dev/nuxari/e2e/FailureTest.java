package dev.nuxari.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.cli.api.Api;
import dev.nuxari.cli.api.Fields;
import dev.nuxari.cli.verify.Offline;
import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A governed system that is down, and a server that dies at the worst moment. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Order(Integer.MAX_VALUE)
class FailureTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Composed stack = Composed.stack();
    private final Deeds deeds = new Deeds(stack);
    private final Wiretap wire = new Wiretap(directoryPort());
    private Json.Obj connector = Json.object();

    private int directoryPort() {
        return (int) Fields.number(directory(), "settings.port");
    }

    private Json.Obj directory() {
        return stack.organization("acme").systems().stream()
                .filter(system -> system.string("kind").equals("ldap"))
                .findFirst()
                .orElseThrow();
    }

    @BeforeAll
    void connectTheDirectoryThroughTheWire() {
        connector = stack.api("admin")
                .post(
                        "/connectors",
                        Json.object(
                                "kind",
                                "ldap",
                                "name",
                                "Directory on a bad line " + UUID.randomUUID(),
                                "settings",
                                directory().object("settings").with("port", wire.port()),
                                "credentials",
                                directory().object("credentials")));
        deeds.observe(connector);
    }

    @AfterAll
    void hangUp() throws IOException {
        wire.close();
    }

    private Json.Obj approved() {
        Json.Obj request = deeds.ask("grant", deeds.firstNotHeld(connector));
        deeds.decide(request, "approver", "approve");
        return request;
    }

    private Json.Obj workflow(String id) {
        return stack.api("admin").get("/workflows/" + id);
    }

    private Json.Obj workflowInState(String id, String state) {
        return Eventually.get(
                "the workflow is " + state,
                PATIENCE,
                () -> Optional.of(workflow(id))
                        .filter(workflow -> Fields.text(workflow, "state").equals(state)));
    }

    @Test
    @Claim("O1")
    void systemThatIsDownIsTriedAgainUntilSomebodyHelps() {
        wire.cut();
        try {
            String id = deeds.workflowOf(approved());

            Json.Obj waiting = Eventually.get(
                    "the workflow waits for its next attempt",
                    PATIENCE,
                    () -> Optional.of(workflow(id))
                            .filter(found ->
                                    !Fields.text(found, "nextAttemptAt").isEmpty()));
            assertThat(Fields.text(waiting, "state")).isNotIn("completed", "failed");

            Json.Obj failed = workflowInState(id, "failed");
            assertThat(Fields.text(failed, "failure.class")).isEqualTo("connector");
            assertThat(Fields.text(failed, "failure.reason")).isNotBlank();

            wire.mend();
            stack.api("admin").post("/workflows/" + id + "/retries", Json.object());

            assertThat(Fields.text(workflowInState(id, "completed"), "state")).isEqualTo("completed");
        } finally {
            wire.mend();
        }
    }

    @Test
    @Claim({"O1", "A3"})
    void serverKilledBetweenPermitAndValidationEndsTheWorkflowExactlyOnce() throws Exception {
        CountDownLatch changed = wire.holdAnswerToChange();
        Json.Obj request = approved();
        String id = deeds.workflowOf(request);
        assertThat(changed.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();

        stack.server().kill();
        wire.release();
        stack.server().start();

        Json.Obj ended = workflowInState(id, "completed");
        Json.Obj sealed = deeds.ended(request);
        assertThat(sealed.string("evidencePackageId")).isNotBlank();
        assertThat(endings(ended)).isEqualTo(1);
        Offline offline = Offline.verify(
                deeds.exported(sealed), Optional.of(stack.api("auditor").keys()));
        assertThat(offline.conclusion()).startsWith("Verified");
        assertThat(new String(deeds.exported(sealed), UTF_8)).contains("resolved-by-observation");
    }

    /** Packages sealed and terminal executions recorded for the workflow. */
    private long endings(Json.Obj workflow) throws SQLException {
        Api admin = stack.api("admin");
        Json.Obj sealed = Eventually.get(
                "the evidence is sealed",
                PATIENCE,
                () -> Optional.of(admin.get("/workflows/" + workflow.string("id")))
                        .filter(found ->
                                !Fields.text(found, "evidencePackageId").isEmpty()));
        try (Connection superuser = Superuser.connect()) {
            return Superuser.number(
                    superuser,
                    "SELECT count(*) FROM evidence_package WHERE workflow_id = '" + sealed.string("id") + "'");
        }
    }
}
