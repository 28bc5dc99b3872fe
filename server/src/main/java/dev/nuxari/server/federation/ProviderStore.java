package dev.nuxari.server.federation;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.Role;
import dev.nuxari.kernel.Spelling;
import dev.nuxari.server.redaction.RedactedText;
import dev.nuxari.server.tenancy.OrganizationJdbc;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

@Repository
class ProviderStore {
    private final OrganizationJdbc jdbc;

    ProviderStore(OrganizationJdbc jdbc) {
        this.jdbc = jdbc;
    }

    /** The newest first. */
    List<IdentityProvider> list(@Nullable UUID before, int limit) {
        return jdbc.sql("""
                SELECT provider_id, name, state, preset, source, connection, sealed_secret IS NOT NULL AS has_secret,
                       default_role, ceiling, groups_claim, rules, created_at, version, read_at, failing_since, failure
                FROM identity_provider
                WHERE organization_id = :organizationId
                  AND (CAST(:before AS uuid) IS NULL OR provider_id < CAST(:before AS uuid))
                ORDER BY provider_id DESC
                LIMIT :limit
                """).param("before", before).param("limit", limit).list((row, _) -> provider(row));
    }

    Optional<IdentityProvider> find(ProviderId id) {
        return jdbc.sql("""
                SELECT provider_id, name, state, preset, source, connection, sealed_secret IS NOT NULL AS has_secret,
                       default_role, ceiling, groups_claim, rules, created_at, version, read_at, failing_since, failure
                FROM identity_provider
                WHERE organization_id = :organizationId AND provider_id = :id
                """).param("id", id.value()).optional((row, _) -> provider(row));
    }

    /** Locks the row until the scope closes, so that changes take turns, at the broker too. */
    Optional<IdentityProvider> lock(ProviderId id) {
        return jdbc.sql("""
                SELECT provider_id, name, state, preset, source, connection, sealed_secret IS NOT NULL AS has_secret,
                       default_role, ceiling, groups_claim, rules, created_at, version, read_at, failing_since, failure
                FROM identity_provider
                WHERE organization_id = :organizationId AND provider_id = :id
                FOR NO KEY UPDATE
                """).param("id", id.value()).optional((row, _) -> provider(row));
    }

    /** The domains for which the organization may speak. */
    List<String> verifiedDomains() {
        return jdbc.sql("""
                SELECT domain FROM organization_domain
                WHERE organization_id = :organizationId AND state = 'verified'
                ORDER BY domain
                LIMIT 100
                """).list((row, _) -> row.getString("domain"));
    }

    Optional<byte[]> sealedSecret(ProviderId id) {
        return jdbc.sql("""
                SELECT sealed_secret FROM identity_provider
                WHERE organization_id = :organizationId AND provider_id = :id AND sealed_secret IS NOT NULL
                """).param("id", id.value()).optional((row, _) -> row.getBytes("sealed_secret"));
    }

    /** Answers false if the name is taken, or there are as many as there may be. */
    boolean add(IdentityProvider provider, RedactedText name) {
        return jdbc.sql("""
                INSERT INTO identity_provider
                    (organization_id, provider_id, name, state, preset, source, connection, default_role, ceiling,
                     groups_claim, rules, created_at, version)
                VALUES (:organizationId, :id, :name, :state, :preset, :source, :connection, :defaultRole, :ceiling,
                        :groupsClaim, :rules, :at, :version)
                ON CONFLICT (organization_id, name) DO NOTHING
                """)
                        .param("id", provider.id().value())
                        .param("name", name.text())
                        .param("state", provider.state())
                        .param("preset", provider.preset())
                        .param("source", provider.source().json().canonical())
                        .param("connection", written(provider.connection()))
                        .param("defaultRole", provider.enrolment().defaultRole())
                        .param("ceiling", provider.enrolment().ceiling())
                        .param("groupsClaim", provider.enrolment().groupsClaim())
                        .param("rules", rules(provider.enrolment()))
                        .param("at", provider.createdAt())
                        .param("version", provider.version())
                        .update()
                == 1;
    }

    void save(IdentityProvider provider, RedactedText name) {
        MetadataReading reading = provider.reading();
        jdbc.sql("""
                UPDATE identity_provider
                SET name = :name, state = :state, source = :source, connection = :connection,
                    default_role = :defaultRole, ceiling = :ceiling, groups_claim = :groupsClaim, rules = :rules,
                    version = :version, read_at = :readAt, failing_since = :failingSince, failure = :failure
                WHERE organization_id = :organizationId AND provider_id = :id
                """)
                .param("id", provider.id().value())
                .param("name", name.text())
                .param("state", provider.state())
                .param("source", provider.source().json().canonical())
                .param("connection", written(provider.connection()))
                .param("defaultRole", provider.enrolment().defaultRole())
                .param("ceiling", provider.enrolment().ceiling())
                .param("groupsClaim", provider.enrolment().groupsClaim())
                .param("rules", rules(provider.enrolment()))
                .param("version", provider.version())
                .param("readAt", reading == null ? null : reading.at())
                .param("failingSince", reading == null ? null : reading.failingSince())
                .param("failure", reading == null ? null : reading.failure())
                .update();
    }

    /** Its metadata was read, and is no other. */
    void read(ProviderId id, MetadataReading reading) {
        jdbc.sql("""
                UPDATE identity_provider SET read_at = :readAt, failing_since = :failingSince, failure = :failure
                WHERE organization_id = :organizationId AND provider_id = :id
                """)
                .param("id", id.value())
                .param("readAt", reading.at())
                .param("failingSince", reading.failingSince())
                .param("failure", reading.failure())
                .update();
    }

    /** It signs with other keys. */
    void renew(IdentityProvider provider, Instant readAt) {
        jdbc.sql("""
                UPDATE identity_provider
                SET connection = :connection, version = :version, read_at = :readAt, failing_since = NULL, failure = NULL
                WHERE organization_id = :organizationId AND provider_id = :id
                """)
                .param("id", provider.id().value())
                .param("connection", written(provider.connection()))
                .param("version", provider.version())
                .param("readAt", readAt)
                .update();
    }

    boolean isEnabled(ProviderId id) {
        return jdbc.sql("""
                SELECT EXISTS (SELECT FROM identity_provider
                               WHERE organization_id = :organizationId AND provider_id = :id AND state = 'enabled')
                """).param("id", id.value()).single((row, _) -> row.getBoolean(1));
    }

    /** Those that the broker knows. */
    List<ProviderId> published() {
        return jdbc.sql("""
                SELECT provider_id FROM identity_provider
                WHERE organization_id = :organizationId AND state <> 'draft'
                ORDER BY provider_id
                LIMIT 100
                """).list((row, _) -> new ProviderId(row.getObject("provider_id", UUID.class)));
    }

    /** A part of the change that has made the version that is there now. */
    void seal(ProviderId id, byte[] sealed) {
        jdbc.sql("""
                UPDATE identity_provider SET sealed_secret = :sealed
                WHERE organization_id = :organizationId AND provider_id = :id
                """).param("id", id.value()).param("sealed", sealed).update();
    }

    void remove(ProviderId id) {
        jdbc.sql("DELETE FROM identity_provider WHERE organization_id = :organizationId AND provider_id = :id")
                .param("id", id.value())
                .update();
    }

    private static @Nullable String written(@Nullable Connection connection) {
        return connection == null ? null : ConnectionJson.write(connection).canonical();
    }

    private static String rules(Enrolment enrolment) {
        return Json.object(
                        "groups",
                        enrolment.rules().stream().map(GroupRule::json).toList())
                .canonical();
    }

    private static IdentityProvider provider(ResultSet row) throws SQLException {
        String connection = row.getString("connection");
        return new IdentityProvider(
                new ProviderId(row.getObject("provider_id", UUID.class)),
                row.getString("name"),
                Spelling.parse(ProviderState.class, row.getString("state")),
                Spelling.parse(Preset.class, row.getString("preset")),
                Source.of(Json.parseObject(row.getString("source"))),
                connection == null ? null : ConnectionJson.read(Json.parseObject(connection)),
                reading(row),
                row.getBoolean("has_secret"),
                new Enrolment(
                        Role.parse(row.getString("default_role")),
                        Role.parse(row.getString("ceiling")),
                        row.getString("groups_claim"),
                        Json.parseObject(row.getString("rules")).objects("groups").stream()
                                .map(GroupRule::of)
                                .toList()),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getInt("version"));
    }

    private static @Nullable MetadataReading reading(ResultSet row) throws SQLException {
        Instant at = instant(row, "read_at");
        String failure = row.getString("failure");
        return at == null
                ? null
                : new MetadataReading(
                        at,
                        instant(row, "failing_since"),
                        failure == null ? null : Spelling.parse(Finding.class, failure));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
