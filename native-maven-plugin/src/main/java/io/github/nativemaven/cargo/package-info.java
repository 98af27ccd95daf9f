/** What the core says to cargo, and what cargo answers: metadata, the message stream, edits of a manifest. */
package io.github.nativemaven.cargo;
