/** One class for each goal; Maven's settings and log in the core's words; the wording of all that goes wrong. */
package io.github.nativemaven.mojo;
