package dev.nuxari.kernel;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Node as the authority on canonical JSON: RFC 8785 defines its strings and numbers as what ECMAScript's
 * {@code JSON.stringify} writes. One process answers line by line until it is closed.
 */
final class EcmaScript implements AutoCloseable {
    private static final String PROGRAM = """
            const canonical = (value) => {
              if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
              if (value === null || typeof value !== 'object') return JSON.stringify(value);
              const member = (name) => `${JSON.stringify(name)}:${canonical(value[name])}`;
              return `{${Object.keys(value).sort().map(member).join(',')}}`;
            };
            require('node:readline').createInterface({ input: process.stdin })
              .on('line', (line) => process.stdout.write(`${canonical(JSON.parse(line))}\\n`));
            """;

    private final Process node;
    private final BufferedWriter questions;
    private final BufferedReader answers;

    EcmaScript() {
        try {
            node = new ProcessBuilder("node", "--eval", PROGRAM)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        questions = node.outputWriter(UTF_8);
        answers = node.inputReader(UTF_8);
    }

    /** The canonical spelling of a JSON text without line breaks. */
    String canonical(String json) {
        try {
            questions.write(json);
            questions.newLine();
            questions.flush();
            String answer = answers.readLine();
            if (answer == null) {
                throw new IllegalStateException("Node ended instead of answering " + json);
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        node.destroy();
    }
}
