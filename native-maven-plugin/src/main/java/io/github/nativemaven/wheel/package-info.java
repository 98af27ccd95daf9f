/** Wheels: their names and tags, and the text files inside them. */
package io.github.nativemaven.wheel;
