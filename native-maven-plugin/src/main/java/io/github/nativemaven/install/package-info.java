/** Distributions in Python environments: what is installed, and how a wheel gets in and out, without pip. */
package io.github.nativemaven.install;
