package io.atomicwrite.sample;

/**
 * How the service looks.
 */
enum Theme {

	LIGHT, DARK, SYSTEM

}
