package io.github.nativemaven.project;

import io.github.nativemaven.cargo.Crate;

/**
 * An extension module, and the crate whose library it is.
 *
 * @param name the module's full name
 * @param crate the crate; several modules may be one library, which then has an initialiser for each
 */
public record ExtensionModule(ModuleName name, Crate crate) {}
