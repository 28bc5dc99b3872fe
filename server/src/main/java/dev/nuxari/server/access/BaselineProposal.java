package dev.nuxari.server.access;

/** Which observation is to be accepted as approved, and why that is right. */
public record BaselineProposal(ObservationId observation, String justification) {
    public BaselineProposal {
        if (justification.isBlank()) {
            throw new IllegalArgumentException("a baseline needs a justification");
        }
    }
}
