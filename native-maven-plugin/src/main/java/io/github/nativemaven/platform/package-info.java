/** Target triples, machines, operating systems and hosts: tables that everything else looks things up in. */
package io.github.nativemaven.platform;
