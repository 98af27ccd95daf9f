/** Source distributions: what a crate and its Python source consist of, in an archive that pip can build. */
package io.github.nativemaven.sdist;
