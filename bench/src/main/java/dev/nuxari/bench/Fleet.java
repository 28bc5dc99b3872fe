package dev.nuxari.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.Sha256;
import dev.nuxari.kernel.UuidV7;
import dev.nuxari.protocol.agent.AgentKey;
import dev.nuxari.server.api.TokenForm;
import dev.nuxari.transparency.Ed25519PrivateKey;
import dev.nuxari.transparency.StrictBase64;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Many enrolled agents of the first organization, and the process in which they all are. One is added by the interface, so that the
 * organization has what agents need; the others are rows beside it, because their enrolment is not what is measured.
 */
final class Fleet implements AutoCloseable {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final InstantSource CLOCK = InstantSource.system();
    private static final TokenForm TOKENS = new TokenForm("nxa");

    private final JdbcClient superuser;
    private final UUID organization;
    private final List<UUID> agents;
    private final Process process;
    private final Writer orders;
    private final BufferedReader answers;

    private Fleet(JdbcClient superuser, UUID organization, List<UUID> agents, Process process) {
        this.superuser = superuser;
        this.organization = organization;
        this.agents = agents;
        this.process = process;
        this.orders = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), UTF_8));
        this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    }

    /**
     * Makes so many, and lets them begin.
     *
     * @param seconds within which all of them begin
     */
    static Fleet of(Ground ground, int count, int seconds) {
        JdbcClient superuser = SentDirectory.superuser(ground);
        UUID organization = UUID.fromString(ground.organization().string("id"));
        Client owner = ground.as("owner");
        String first = owner.post("/agents", Json.object("name", "first")).string("id");
        owner.post("/agents/" + first + "/enrolment-tokens", Json.object());
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows.add(new Row(
                    UuidV7.at(CLOCK.instant()),
                    "h" + i,
                    Ed25519PrivateKey.generate(RANDOM),
                    TOKENS.random(new OrganizationId(organization))));
        }
        add(superuser, organization, first, rows);
        List<UUID> ids = rows.stream().map(Row::id).toList();
        List<Json.Obj> written = rows.stream()
                .map(row -> Json.object(
                        "id",
                        row.id(),
                        "token",
                        row.token(),
                        "seed",
                        StrictBase64.encode(row.key().seed())))
                .toList();
        superuser.sql("ANALYZE agent, agent_token").update();
        Path file = ground.folder("fleet.json");
        try {
            Files.writeString(
                    file,
                    Json.object(
                                    "organization",
                                    organization,
                                    "keys",
                                    number(
                                            superuser,
                                            "SELECT max(version) FROM key_manifest WHERE organization_id = ?",
                                            organization),
                                    "seen",
                                    number(
                                            superuser,
                                            "SELECT count(*) FROM audit_event WHERE organization_id = ?",
                                            organization),
                                    "agents",
                                    written)
                            .canonical());
            return new Fleet(superuser, organization, ids, start(ground, file, seconds));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Row(UUID id, String host, Ed25519PrivateKey key, String token) {}

    /** All in one statement: as rows of the tables, as the server's own statements leave them. */
    private static void add(JdbcClient superuser, UUID organization, String like, List<Row> rows) {
        superuser
                .sql("""
                WITH host AS (
                    SELECT CAST(t.id AS uuid) AS id, t.name, decode(t.key, 'hex') AS key, t.thumbprint, t.hash
                    FROM unnest(CAST(:ids AS text[]), CAST(:names AS text[]), CAST(:keys AS text[]), CAST(:thumbprints AS text[]),
                                CAST(:hashes AS text[])) AS t (id, name, key, thumbprint, hash)
                ), added AS (
                    INSERT INTO agent (organization_id, agent_id, name, state, public_key, key_thumbprint, host_name, agent_version,
                                       capabilities, enrolled_at, created_at, created_by)
                    SELECT a.organization_id, h.id, h.name, 'active', h.key, h.thumbprint, h.name || '.example', '0.1.0',
                           ARRAY ['file-mode.set'], now(), now(), a.created_by
                    FROM agent a, host h
                    WHERE a.organization_id = :organization AND a.agent_id = CAST(:like AS uuid)
                )
                INSERT INTO agent_token (organization_id, token_id, agent_id, token_hash, created_at)
                SELECT :organization, uuidv7(), h.id, h.hash, now() FROM host h
                """)
                .param("ids", texts(rows, row -> row.id().toString()))
                .param("names", texts(rows, Row::host))
                .param(
                        "keys",
                        texts(
                                rows,
                                row -> HexFormat.of()
                                        .formatHex(row.key().publicKey().bytes())))
                .param("thumbprints", texts(rows, row -> new AgentKey(row.key().publicKey()).thumbprint()))
                .param("hashes", texts(rows, row -> Sha256.hexOf(row.token().getBytes(US_ASCII))))
                .param("organization", organization)
                .param("like", like)
                .update();
    }

    private static String[] texts(List<Row> rows, Function<Row, String> part) {
        return rows.stream().map(part).toArray(String[]::new);
    }

    private static long number(JdbcClient superuser, String sql, UUID organization) {
        return superuser.sql(sql).param(organization).query(Long.class).single();
    }

    private static Process start(Ground ground, Path file, int seconds) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        FleetProcess.class.getName(),
                        ground.file().url(),
                        file.toString(),
                        Integer.toString(seconds))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    List<UUID> agents() {
        return agents;
    }

    long pid() {
        return process.pid();
    }

    /** What they have counted since they were asked last. */
    Json.Obj take() {
        return say("take");
    }

    /** All their connections break. */
    void cut() {
        say("cut");
    }

    private Json.Obj say(String order) {
        try {
            orders.write(order + "\n");
            orders.flush();
            return Json.parseObject(answers.readLine());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** From now on it can be seen who has been let in again. */
    void forgetWhoWasSeen() {
        superuser
                .sql(
                        "UPDATE agent SET last_seen_at = now() - interval '1 day' WHERE organization_id = ? AND state = 'active'")
                .param(organization)
                .update();
        superuser.sql("VACUUM ANALYZE agent").update();
    }

    /** How many the server has let in since then. */
    long seen() {
        return number(
                superuser,
                "SELECT count(*) FROM agent WHERE organization_id = ? AND last_seen_at > now() - interval '12 hours'",
                organization);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            process.waitFor(20, TimeUnit.SECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
