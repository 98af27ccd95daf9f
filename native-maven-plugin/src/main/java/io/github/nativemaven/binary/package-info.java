/**
 * What a compiled library says of itself: bounded readers for ELF, Mach-O and PE, the platform policies of wheels, and
 * the audit of a library against them. Nothing here runs a library or follows its needs to other files.
 */
package io.github.nativemaven.binary;
