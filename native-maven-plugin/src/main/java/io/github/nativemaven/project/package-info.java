/** What is to be built: names, versions, layout and settings, each with where it came from, in one immutable Project. */
package io.github.nativemaven.project;
