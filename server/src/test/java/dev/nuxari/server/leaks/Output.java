package dev.nuxari.server.leaks;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;

/** What the process writes to its console, as an operator's log collector gets it. It is still written there. */
final class Output implements AutoCloseable {
    private final PrintStream out = System.out;
    private final PrintStream err = System.err;
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    Output() {
        System.setOut(new PrintStream(new Both(out), true));
        System.setErr(new PrintStream(new Both(err), true));
    }

    byte[] written() {
        synchronized (written) {
            return written.toByteArray();
        }
    }

    @Override
    public void close() {
        System.setOut(out);
        System.setErr(err);
    }

    private final class Both extends OutputStream {
        private final PrintStream console;

        private Both(PrintStream console) {
            this.console = console;
        }

        @Override
        public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            synchronized (written) {
                written.write(bytes, offset, length);
            }
            console.write(bytes, offset, length);
        }

        @Override
        public void flush() {
            console.flush();
        }
    }
}
