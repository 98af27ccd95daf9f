/** What happens to files while somebody works on them, told soon and in one piece. */
package io.github.nativemaven.watch;
