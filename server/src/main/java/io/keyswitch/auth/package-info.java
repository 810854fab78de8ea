/**
 * Authentication by {@code Authorization: Bearer}; fails closed. Accepts personal tokens and ID tokens of Firebase and
 * OpenID Connect issuers; those of the Auth emulator only with an explicit setting.
 */
@org.jspecify.annotations.NullMarked
package io.keyswitch.auth;
