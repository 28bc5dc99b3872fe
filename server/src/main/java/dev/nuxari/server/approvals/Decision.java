package dev.nuxari.server.approvals;

/** An answer that counted, and the stage it counted for. */
public record Decision(int stage, Answer answer) {}
