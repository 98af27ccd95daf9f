/** Whether a wheel, anybody's, is what it says: read with distrust, and never unpacked where it wants to go. */
package io.github.nativemaven.check;
