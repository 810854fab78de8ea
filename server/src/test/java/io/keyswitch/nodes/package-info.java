/** Tests of several processes, or servers, on one PostgreSQL database. */
@org.jspecify.annotations.NullMarked
package io.keyswitch.nodes;
