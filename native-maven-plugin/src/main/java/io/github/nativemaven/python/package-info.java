/** Pythons: how they are asked for, found and questioned, their versions and ABIs, and their environments. */
package io.github.nativemaven.python;
