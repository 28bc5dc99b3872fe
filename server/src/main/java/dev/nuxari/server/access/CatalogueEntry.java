package dev.nuxari.server.access;

/**
 * An entitlement as somebody sees it.
 *
 * @param holders how many accounts were seen to hold it
 * @param held whether an account of whoever asks is among them
 */
public record CatalogueEntry(Entitlement entitlement, String connectorName, int holders, boolean held) {}
