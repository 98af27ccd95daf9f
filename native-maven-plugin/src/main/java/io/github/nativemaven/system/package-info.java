/** What the core needs of the operating system: processes, files that appear whole or not at all, locks, events. */
package io.github.nativemaven.system;
