/** Type stubs ({@code .pyi}) of compiled modules, from what their bindings leave in the library. */
package io.github.nativemaven.stubs;
