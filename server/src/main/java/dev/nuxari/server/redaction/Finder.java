package dev.nuxari.server.redaction;

/** One way of finding secrets in text. Reads each character a bounded number of times and never throws. */
interface Finder {
    void find(String text, Spans spans);
}
