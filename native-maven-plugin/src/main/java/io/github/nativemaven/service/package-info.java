/** The whole way of each goal, from a request to a result, without Maven. */
package io.github.nativemaven.service;
