@NullMarked
package io.atomicwrite.spring.health;

import org.jspecify.annotations.NullMarked;
