package io.atomicwrite.sample;

/**
 * The color theme.
 */
enum Theme {

	LIGHT, DARK, SYSTEM

}
