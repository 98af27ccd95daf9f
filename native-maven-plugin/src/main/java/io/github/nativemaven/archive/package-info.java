/** What goes into an archive: gathered, checked, sorted, and then written so that the same entries give the same bytes. */
package io.github.nativemaven.archive;
