package dev.nuxari.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Claim;
import dev.nuxari.server.audit.AuditEvent;
import dev.nuxari.server.redaction.Redacted;
import dev.nuxari.server.redaction.RedactedText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
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
            "\\.param\\(\\s*\"(reason|justification|content|settings|recipient)\",\\s*(.*?)\\)\\s*(?=\\.param|\\.update|\\.optional|\\.single)",
            Pattern.DOTALL);

    /** How each of them is bound. A column that is new here was not looked at yet. */
    private static final Map<String, String> PROVEN = Map.of(
            "ApprovalStore.reason", "reason.text()",
            "ConnectorStore.reason", "reason.text()",
            "ConnectorStore.settings", "settings.json().canonical()",
            "EvidenceStore.content", "evidence.content().canonical()",
            "ExecutionStore.reason", "failure == null ? null : failure.reason().text()",
            "ObservationStore.reason", "reason.text()",
            "RequestStore.justification", "justification.text()",
            "ShareStore.recipient", "recipient.text()",
            "WorkflowStore.reason", "workflow.failure().map(why -> why.reason().text()).orElse(null)");

    @Test
    void storesBindNothingFromOutsideThatIsNotRedacted() throws IOException {
        assertThat(bound()).containsExactlyInAnyOrderEntriesOf(PROVEN);
    }

    @Test
    void storesTakeRedactedTypesForColumnsFromOutside() throws ReflectiveOperationException {
        Map<String, Class<?>> takers = Map.of(
                "approvals.ApprovalStore#addDecision", RedactedText.class,
                "connectors.ConnectorStore#failed", RedactedText.class,
                "connectors.ConnectorStore#add", Redacted.class,
                "evidence.EvidenceStore#add", Redacted.class,
                "access.ObservationStore#fail", RedactedText.class,
                "requests.RequestStore#add", RedactedText.class);
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
    void failureOfWorkflowAndParticularsOfAuditEventAreRedactedByType() throws ReflectiveOperationException {
        Class<?> failure = Class.forName("dev.nuxari.server.workflow.Workflow$Failure");

        assertThat(types(failure)).containsEntry("reason", RedactedText.class);
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
