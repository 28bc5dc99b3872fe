package dev.nuxari.e2e.claims;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** What Surefire reported about each test. */
final class Reports {
    private final List<Case> cases = new ArrayList<>();

    private Reports() {}

    /** One test that ran, or was skipped. */
    record Case(String className, String method, Result result) {}

    /** How a test ended, the worse after the better. */
    enum Result {
        PASSED,
        SKIPPED,
        FAILED
    }

    /** Reads the reports of every module that are not older than the given time. */
    static Reports of(Path root, FileTime since) {
        Reports reports = new Reports();
        for (Path module : TestClasses.modules(root)) {
            Path folder = module.resolve("target").resolve("surefire-reports");
            if (Files.isDirectory(folder)) {
                reports.readFolder(folder, since);
            }
        }
        return reports;
    }

    /** The worst result of a claimed test in all classes that have it; empty when it did not run. */
    Optional<Result> of(ClaimedTest test, TestClasses classes) {
        return cases.stream()
                .filter(ran -> test.method().isEmpty()
                        ? belongs(ran.className(), test.className(), classes)
                        : ran.method().equals(test.method()) && classes.isKindOf(ran.className(), test.className()))
                .map(Case::result)
                .max(Result::compareTo);
    }

    /** A claim of a class covers the tests of its nested classes. */
    private static boolean belongs(String ran, String claimed, TestClasses classes) {
        return classes.isKindOf(ran, claimed) || ran.startsWith(claimed + "$");
    }

    private void readFolder(Path folder, FileTime since) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "TEST-*.xml")) {
            for (Path file : files) {
                if (Files.getLastModifiedTime(file).compareTo(since) >= 0) {
                    readFile(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void readFile(Path file) throws IOException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        try (InputStream stream = Files.newInputStream(file)) {
            XMLStreamReader reader = factory.createXMLStreamReader(stream);
            while (reader.hasNext()) {
                if (reader.next() == XMLStreamReader.START_ELEMENT
                        && reader.getLocalName().equals("testcase")) {
                    cases.add(readCase(reader, packageOf(file)));
                }
            }
        } catch (XMLStreamException e) {
            throw new IOException(file + " is no report of Surefire", e);
        }
    }

    /** The package in the report's name {@code TEST-<class>.xml}, with a point at its end; empty for none. */
    private static String packageOf(Path report) {
        String name =
                String.valueOf(report.getFileName()).replaceFirst("^TEST-", "").replaceFirst("\\.xml$", "");
        return name.substring(0, name.lastIndexOf('.') + 1);
    }

    private static Case readCase(XMLStreamReader reader, String packageName) throws XMLStreamException {
        String named = String.valueOf(reader.getAttributeValue(null, "classname"));
        // jqwik's engine gives a class its simple name.
        String className = named.contains(".") ? named : packageName + named;
        String method = String.valueOf(reader.getAttributeValue(null, "name")).split("[(\\[{ ]", 2)[0];
        Result result = Result.PASSED;
        while (reader.hasNext()) {
            int event = reader.next();
            if (event == XMLStreamReader.END_ELEMENT && reader.getLocalName().equals("testcase")) {
                break;
            }
            if (event == XMLStreamReader.START_ELEMENT) {
                result = worse(result, reader.getLocalName());
            }
        }
        return new Case(className, method, result);
    }

    private static Result worse(Result result, String element) {
        return switch (element) {
            case "failure", "error" -> Result.FAILED;
            case "skipped" -> result == Result.FAILED ? result : Result.SKIPPED;
            default -> result;
        };
    }
}
