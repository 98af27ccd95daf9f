/** The plan of what is built for whom, the directories that it is built in, and the runs of cargo that do it. */
package io.github.nativemaven.build;
