/** Wheels: metadata, tags, records, and the archive that holds them, as the wheel specification says. */
package io.github.nativemaven.wheel;
