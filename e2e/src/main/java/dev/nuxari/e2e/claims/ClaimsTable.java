package dev.nuxari.e2e.claims;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Prints every claim with the tests that prove it and how they ended, and what the ablation report says. With {@code --since
 * FILE}, only reports younger than the file count; with {@code --write}, {@code docs/claims.md} gets the tests that there are.
 * Ends with 1 when a test of a claim failed.
 */
public final class ClaimsTable {
    private static final Path ROOT = Path.of("").toAbsolutePath();
    private static final Path DOCUMENT = ROOT.resolve("docs").resolve("claims.md");

    private final TestClasses classes;
    private final Reports reports;
    private boolean failed;

    private ClaimsTable(TestClasses classes, Reports reports) {
        this.classes = classes;
        this.reports = reports;
    }

    public static void main(String[] arguments) throws IOException {
        List<String> words = List.of(arguments);
        TestClasses classes = TestClasses.of(ROOT);
        ClaimsDocument document = new ClaimsDocument(Files.readString(DOCUMENT));
        if (words.contains("--write")) {
            Files.writeString(DOCUMENT, document.with(classes).text());
            System.out.println("Wrote " + DOCUMENT);
            return;
        }
        int since = words.indexOf("--since");
        FileTime from =
                since < 0 ? FileTime.from(Instant.EPOCH) : Files.getLastModifiedTime(Path.of(words.get(since + 1)));
        ClaimsTable table = new ClaimsTable(classes, Reports.of(ROOT, from));
        table.print(document);
        System.out.println();
        IsolationSummary.of(ROOT, from).print();
        System.exit(table.failed ? 1 : 0);
    }

    private void print(ClaimsDocument document) {
        System.out.println("Claims and the tests that prove them");
        System.out.println();
        long proven = document.claims().stream().filter(this::print).count();
        classes.all().stream()
                .filter(test -> !document.claims().contains(test.claim()))
                .forEach(test ->
                        System.out.println("??   " + test.shortName() + " names the unknown claim " + test.claim()));
        System.out.println();
        System.out.println(proven + " of " + document.claims().size() + " claims are proven by tests that all passed");
    }

    /** Whether every test of the claim passed, and there is one. */
    private boolean print(String claim) {
        List<ClaimedTest> tests = classes.of(claim);
        if (tests.isEmpty()) {
            System.out.printf("%-4s %-8s%n", claim, "no test");
            return false;
        }
        boolean all = true;
        String shown = claim;
        for (ClaimedTest test : tests) {
            Optional<Reports.Result> result = reports.of(test, classes);
            System.out.printf("%-4s %-8s %s%n", shown, word(result), test.module() + " " + test.shortName());
            shown = "";
            all &= result.filter(Reports.Result.PASSED::equals).isPresent();
            failed |= result.filter(Reports.Result.FAILED::equals).isPresent();
        }
        return all;
    }

    private static String word(Optional<Reports.Result> result) {
        return result.map(known -> switch (known) {
                    case PASSED -> "passed";
                    case SKIPPED -> "skipped";
                    case FAILED -> "FAILED";
                })
                .orElse("not run");
    }
}
