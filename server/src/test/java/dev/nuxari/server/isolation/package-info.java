/**
 * The ablation: every attempt to cross from one organization to another, with three of the four layers off, and with all
 * four off. The switches exist here only. {@code docs/isolation.md} says how to read the report.
 */
@NullMarked
package dev.nuxari.server.isolation;

import org.jspecify.annotations.NullMarked;
