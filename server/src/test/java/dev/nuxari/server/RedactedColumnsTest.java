package dev.nuxari.server;

import static dev.nuxari.server.testing.TestDatabase.beyondTheWalls;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Claim;
import dev.nuxari.server.audit.AuditEvent;
import dev.nuxari.server.redaction.Redacted;
import dev.nuxari.server.redaction.RedactedText;
import dev.nuxari.server.workflow.Entry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What people and systems write reaches a column only as {@link Redacted} or {@link RedactedText}, which nothing but the
 * redactor makes. Class files do not show which argument goes to which parameter of a statement, so the sources are read.
 */
@Claim("A2")
class RedactedColumnsTest {
    /** Where a store binds a column that holds free text or free-form JSON from outside. */
    private static final Pattern BOUND = Pattern.compile(
            "\\.param\\(\\s*\"(reason|justification|content|settings|plan|detail|name|description|connectorName|accountName"
                    + "|entitlementName|displayNames|document|emails|names|descriptions|recipient|displayName|value)\",\\s*(.*?)\\)\\s*"
                    + "(?=\\.param|\\.update|\\.optional|\\.single|;)",
            Pattern.DOTALL);

    /** How each of them is bound. A column that is new here was not looked at yet. */
    private static final Map<String, String> PROVEN = Map.ofEntries(
            Map.entry("AgentStore.name", "name.text()"),
            Map.entry("ApprovalStore.name", "stage.name()"),
            Map.entry("ApprovalStore.plan", "plan.json().canonical()"),
            Map.entry("ApprovalStore.reason", "reason.text()"),
            Map.entry("ConnectorStore.name", "name.text()"),
            Map.entry("ConnectorStore.reason", "reason.text()"),
            Map.entry("ConnectorStore.settings", "settings.json().canonical()"),
            Map.entry("DirectoryGroupStore.displayName", "displayName.text() | displayName.text()"),
            Map.entry("DirectoryStore.name", "name.text() | name.text()"),
            Map.entry("DirectoryStore.value", "value.text()"),
            Map.entry("DirectoryUserStore.document", "canonical(draft.document()) | canonical(draft.document())"),
            Map.entry("EntitlementStore.description", "description.text()"),
            Map.entry("EvidenceStore.content", "evidence.content().canonical()"),
            Map.entry("EvidenceStore.plan", "sealed.planHash().hex()"),
            Map.entry("ExecutionStore.plan", "attempt.plan().hex() | permit.plan().hex()"),
            Map.entry("ExecutionStore.reason", "failure == null ? null : failure.reason().text()"),
            Map.entry("MessageStore.plan", "order.planHash().hex()"),
            Map.entry("MessageStore.reason", "receipt.ending().reason().orElse(null)"),
            Map.entry("MemberStore.displayName", "person.displayName().text() | member.displayName()"),
            Map.entry("ObservationStore.reason", "reason.text()"),
            Map.entry("ProviderStore.name", "name.text() | name.text()"),
            Map.entry("RequestStore.accountName", "words.accountName().text()"),
            Map.entry("RequestStore.connectorName", "words.connectorName().text()"),
            Map.entry(
                    "RequestStore.entitlementName",
                    "Optional.ofNullable(words.entitlementName()).map(RedactedText::text).orElse(null)"),
            Map.entry("RequestStore.justification", "words.justification().text()"),
            Map.entry("RequestStore.plan", "request.question().plan().hex()"),
            Map.entry("ShareStore.recipient", "recipient.text()"),
            Map.entry("SightingStore.descriptions", "redacted(entitlements, SeenEntitlement::description)"),
            Map.entry("SightingStore.displayNames", "redacted(accounts, SeenAccount::displayName)"),
            Map.entry("SightingStore.emails", "redacted(accounts, SeenAccount::email)"),
            Map.entry("SightingStore.names", "redacted(entitlements, SeenEntitlement::name)"),
            Map.entry("SigningKeyStore.name", "name | name | key.name() | name"),
            Map.entry("WorkflowStore.detail", "entry.detail().text()"),
            Map.entry("WorkflowStore.plan", "plan.hex()"),
            Map.entry("WorkflowStore.reason", "workflow.failure().map(why -> why.reason().text()).orElse(null)"));

    /** Each column that holds what people or systems wrote, and where it is bound. */
    private static final Map<String, String> WRITTEN_BY_OTHERS = Map.ofEntries(
            Map.entry("account.display_name", "SightingStore.displayNames"),
            Map.entry("account.email", "SightingStore.emails"),
            Map.entry("agent.name", "AgentStore.name"),
            Map.entry("approval.plan", "ApprovalStore.plan"),
            Map.entry("approval_decision.reason", "ApprovalStore.reason"),
            Map.entry("connector.health_reason", "ConnectorStore.reason"),
            Map.entry("connector.name", "ConnectorStore.name"),
            Map.entry("connector.settings", "ConnectorStore.settings"),
            Map.entry("directory.name", "DirectoryStore.name"),
            Map.entry("directory_group.display_name", "DirectoryGroupStore.displayName"),
            Map.entry("directory_role.matched_value", "DirectoryStore.value"),
            Map.entry("directory_user.document", "DirectoryUserStore.document"),
            Map.entry("entitlement.description", "EntitlementStore.description"),
            Map.entry("entitlement.name", "SightingStore.names"),
            Map.entry("evidence_record.content", "EvidenceStore.content"),
            Map.entry("execution_outcome.failure_reason", "ExecutionStore.reason"),
            Map.entry("identity_provider.name", "ProviderStore.name"),
            Map.entry("observation.failure_reason", "ObservationStore.reason"),
            Map.entry("request.account_name", "RequestStore.accountName"),
            Map.entry("request.connector_name", "RequestStore.connectorName"),
            Map.entry("request.entitlement_name", "RequestStore.entitlementName"),
            Map.entry("request.justification", "RequestStore.justification"),
            Map.entry("share_link.recipient", "ShareStore.recipient"),
            Map.entry("workflow.failure_reason", "WorkflowStore.reason"),
            Map.entry("workflow_entry.detail", "WorkflowStore.detail"));

    /** Why every other column of text or bytes needs no redaction. */
    private static final Map<String, Set<String>> NOT_REDACTED = Map.of(
            "made from what is redacted only",
            Set.of(
                    "agent_package.envelope",
                    "audit_event.leaf",
                    "directory_group.group_key",
                    "directory_group.search",
                    "directory_user.search",
                    "evidence_package.sealed"),
            "a hash, a proof or a public key",
            Set.of(
                    "agent.key_thumbprint",
                    "agent.public_key",
                    "agent_cosignature.signature",
                    "agent_package.plan_hash",
                    "approval_decision.plan_hash",
                    "audit_checkpoint.note",
                    "audit_event.leaf_hash",
                    "audit_head.root",
                    "audit_head.subtrees",
                    "audit_node.hash",
                    "execution.plan_hash",
                    "key_manifest.manifest",
                    "request.plan_hash",
                    "evidence_package.plan_hash",
                    "signing_key.public_key",
                    "workflow.plan_hash"),
            "a secret by design, sealed or drawn by the database",
            Set.of(
                    "credential.sealed",
                    "door_key.inner_key",
                    "door_key.outer_key",
                    "identity_provider.sealed_secret",
                    "organization_key.wrapped_key",
                    "scope_key.secret",
                    "signing_key.sealed_private_key"),
            "in a closed schema of typed values, in which there is no text",
            Set.of("agent_observation.envelope", "agent_receipt.envelope"),
            "a word of our own",
            Set.of(
                    "agent_receipt.reason",
                    "approval.policy",
                    "approval_decision.role",
                    "approval_stage.name",
                    "approval_stage.roles",
                    "audit_event.action",
                    "audit_event.noun",
                    "audit_event.target_type",
                    "execution_outcome.failure_class",
                    "finding.kind",
                    "finding.rule",
                    "finding.state",
                    "identity_policy.login_methods",
                    "identity_provider.failure",
                    "identity_provider.ceiling",
                    "identity_provider.default_role",
                    "organization_key.master_key_id",
                    "scheduled_tasks.picked_by",
                    "scheduled_tasks.task_data",
                    "scheduled_tasks.task_instance",
                    "scheduled_tasks.task_name",
                    "workflow_entry.kind"),
            "identifies somebody or something, and would not with a mark in it",
            Set.of(
                    "agent.agent_version",
                    "agent.capabilities",
                    "agent.host_name",
                    "agent_observation.source",
                    "audit_event.actor",
                    "audit_event.target_id",
                    "directory_group.external_id",
                    "directory_user.email",
                    "directory_user.external_id",
                    "directory_user.subject",
                    "directory_user.user_key",
                    "directory_user.user_name",
                    "entitlement.kind",
                    "finding.subject",
                    "idempotency_key.key",
                    "identity_policy.email_domain_allowlist",
                    "invite.email",
                    "invite.subject",
                    "identity_provider.connection",
                    "identity_provider.groups_claim",
                    "identity_provider.rules",
                    "identity_provider.source",
                    "member.display_name",
                    "member.email",
                    "member.subject",
                    "organization_domain.domain",
                    "observation.started_by",
                    "organization.name",
                    "organization.slug",
                    "share_link.filter",
                    "share_link.matter_targets"),
            "drawn at random, for its organization to publish",
            Set.of("organization_domain.token"),
            "redacted where a system is observed, as the key that it is",
            Set.of("account.native_id", "entitlement.native_id"),
            "what the broker signed",
            Set.of("approval_decision.acr", "session.acr", "session.amr", "session.broker_session"),
            "our own answer, kept for a day to be given again",
            Set.of(
                    "idempotency_key.body",
                    "idempotency_key.content_type",
                    "idempotency_key.etag",
                    "idempotency_key.location"));

    /** Columns of text, JSON and bytes, but not those that a check holds to a list of words or to the digits of a hash. */
    private static final String OPEN_COLUMNS = """
            SELECT c.relname || '.' || a.attname
            FROM pg_attribute a
            JOIN pg_class c ON c.oid = a.attrelid
            JOIN pg_type t ON t.oid = a.atttypid
            WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace
              AND c.relname <> 'flyway_schema_history' AND a.attnum > 0 AND NOT a.attisdropped
              AND t.typname IN ('text', '_text', 'varchar', '_varchar', 'bpchar', 'json', 'jsonb', '_jsonb', 'xml', 'bytea', '_bytea')
              AND NOT EXISTS (
                SELECT FROM pg_constraint k
                WHERE k.conrelid = c.oid AND k.contype = 'c' AND k.conkey = ARRAY [a.attnum]
                  AND pg_get_constraintdef(k.oid) ~ '= ANY|\\[0-9a-f\\]\\{64\\}')
            """;

    @Test
    void everyColumnOfTextIsKnownAndBoundRedactedOrNeedsNoRedaction() {
        List<String> columns = beyondTheWalls()
                .sql(OPEN_COLUMNS)
                .query((row, _) -> row.getString(1))
                .list();
        Set<String> known = new TreeSet<>(WRITTEN_BY_OTHERS.keySet());
        NOT_REDACTED.values().forEach(known::addAll);

        assertThat(without(columns, known))
                .as("columns that nobody has looked at")
                .isEmpty();
        assertThat(without(known, columns)).as("columns that are gone").isEmpty();
        assertThat(PROVEN.keySet()).containsAll(WRITTEN_BY_OTHERS.values());
    }

    @Test
    void storesBindNothingFromOutsideThatIsNotRedacted() throws IOException {
        assertThat(bound()).containsExactlyInAnyOrderEntriesOf(PROVEN);
    }

    @Test
    void storesTakeRedactedTypesForColumnsFromOutside() throws ReflectiveOperationException {
        Map<String, Class<?>> takers = Map.of(
                "approvals.ApprovalStore#add", Redacted.class,
                "approvals.ApprovalStore#addDecision", RedactedText.class,
                "connectors.ConnectorStore#failed", RedactedText.class,
                "connectors.ConnectorStore#add", Redacted.class,
                "evidence.EvidenceStore#add", Redacted.class,
                "access.ObservationStore#fail", RedactedText.class,
                "access.EntitlementStore#save", RedactedText.class);
        for (Map.Entry<String, Class<?>> taker : takers.entrySet()) {
            String[] names = taker.getKey().split("#", 2);
            Class<?> store = Class.forName("dev.nuxari.server." + names[0]);

            assertThat(Arrays.stream(store.getDeclaredMethods())
                            .filter(method -> method.getName().equals(names[1])))
                    .as(taker.getKey())
                    .isNotEmpty()
                    .allSatisfy(method -> assertThat(method.getParameterTypes()).contains(taker.getValue()));
        }
    }

    @Test
    void whatIsKeptForLaterWritesIsRedactedByType() throws ReflectiveOperationException {
        Class<?> failure = Class.forName("dev.nuxari.server.workflow.Workflow$Failure");

        assertThat(types(failure)).containsEntry("reason", RedactedText.class);
        assertThat(types(Entry.class)).containsEntry("detail", RedactedText.class);
        assertThat(types(Class.forName("dev.nuxari.server.requests.RequestStore$Words"))
                        .values())
                .containsOnly(RedactedText.class);
        assertThat(types(Class.forName("dev.nuxari.server.access.Sighting$SeenAccount")))
                .containsEntry("displayName", RedactedText.class)
                .containsEntry("email", RedactedText.class);
        assertThat(types(Class.forName("dev.nuxari.server.access.Sighting$SeenEntitlement")))
                .containsEntry("name", RedactedText.class)
                .containsEntry("description", RedactedText.class);
        assertThat(types(AuditEvent.class))
                .containsEntry("before", Redacted.class)
                .containsEntry("after", Redacted.class)
                .containsEntry("metadata", Redacted.class);
    }

    @Test
    void nobodyButTheRedactorMakesRedactedTypes() {
        for (Class<?> type : new Class<?>[] {Redacted.class, RedactedText.class}) {
            for (Constructor<?> constructor : type.getDeclaredConstructors()) {
                assertThat(constructor.getModifiers() & (Modifier.PUBLIC | Modifier.PROTECTED))
                        .isZero();
            }
        }
    }

    private static Map<String, Class<?>> types(Class<?> type) {
        Map<String, Class<?>> types = new TreeMap<>();
        for (RecordComponent component : type.getRecordComponents()) {
            types.put(component.getName(), component.getType());
        }
        return types;
    }

    private static Set<String> without(Collection<String> all, Collection<String> some) {
        Set<String> rest = new TreeSet<>(all);
        rest.removeAll(Set.copyOf(some));
        return rest;
    }

    private static Map<String, String> bound() throws IOException {
        Map<String, String> bound = new TreeMap<>();
        Path sources = Path.of(System.getProperty("nuxari.home", ".."), "server/src/main/java");
        try (Stream<Path> files = Files.walk(sources)) {
            files.filter(file -> file.toString().endsWith("Store.java")).forEach(file -> read(file, bound));
        }
        return bound;
    }

    private static void read(Path file, Map<String, String> bound) {
        try {
            String store = file.getFileName().toString().replace(".java", "");
            Matcher matcher = BOUND.matcher(Files.readString(file));
            while (matcher.find()) {
                String expression = matcher.group(2).replaceAll("\\s+", " ").replaceAll(" \\.", ".");
                bound.merge(store + "." + matcher.group(1), expression, (one, other) -> one + " | " + other);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
