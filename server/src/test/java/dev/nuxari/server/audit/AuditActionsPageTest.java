package dev.nuxari.server.audit;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.server.testing.Committed;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AssignableTypeFilter;

/** {@code docs/formats/audit-actions.md} lists every action that an event can have. */
class AuditActionsPageTest {
    private static final String HEAD = """
            # Audit actions

            What an [audit event](audit-event.md) can have in `action`, with the module that writes it. This page is made from
            the code.

            | action | module |
            |---|---|
            """;

    @Test
    void pageListsEveryAction() {
        String rows = actions()
                .map(action -> "| `%s` | %s |\n".formatted(action.spelled(), module(action)))
                .sorted()
                .collect(joining());

        Committed.assertUpToDate("formats/audit-actions.md", HEAD + rows);
    }

    @Test
    void noTwoModulesWriteTheSameAction() {
        List<String> spelled = actions().map(AuditAction::spelled).toList();

        assertThat(spelled).isNotEmpty().doesNotHaveDuplicates();
    }

    private static Stream<AuditAction> actions() {
        var scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AssignableTypeFilter(AuditAction.class));
        return scanner.findCandidateComponents("dev.nuxari").stream()
                .map(found -> String.valueOf(found.getBeanClassName()))
                .flatMap(AuditActionsPageTest::constants)
                .filter(action -> !isOfTests(action.getClass()));
    }

    private static Stream<AuditAction> constants(String name) {
        try {
            return Arrays.stream(Class.forName(name).getEnumConstants()).map(AuditAction.class::cast);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isOfTests(Class<?> type) {
        return type.getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath()
                .endsWith("/test-classes/");
    }

    private static String module(AuditAction action) {
        return action.getClass().getPackageName().replaceFirst("^dev\\.nuxari\\.server\\.", "");
    }
}
