package dev.nuxari.e2e.claims;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ClaimsDocumentTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private final TestClasses classes = TestClasses.of(ROOT);

    private static ClaimsDocument page() throws IOException {
        return new ClaimsDocument(Files.readString(ROOT.resolve("docs").resolve("claims.md")));
    }

    @Test
    void pageNamesTheTestsThatThereAre() throws IOException {
        ClaimsDocument page = page();

        assertThat(page.text())
                .as("docs/claims.md; \"./nuxari claims --write\" brings it up to date")
                .isEqualTo(page.with(classes).text());
    }

    @Test
    void everyTestNamesClaimsOfThePage() throws IOException {
        assertThat(classes.all()).extracting(ClaimedTest::claim).isSubsetOf(page().claims());
    }

    @Test
    void everyTestIsFoundInItsOwnModule() {
        assertThat(classes.of("A3")).extracting(ClaimedTest::module).contains("e2e");
    }
}
