package io.atomicwrite.spring.kit.slice;

import jakarta.validation.constraints.Min;

import org.springframework.boot.context.properties.bind.DefaultValue;

record Prices(@Min(1) @DefaultValue("10") int apple) {

}
