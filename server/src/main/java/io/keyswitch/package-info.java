@org.jspecify.annotations.NullMarked
package io.keyswitch;
