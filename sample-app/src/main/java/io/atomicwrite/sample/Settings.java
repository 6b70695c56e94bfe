package io.atomicwrite.sample;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The content of the settings file. What the file does not say has its default.
 *
 * @param title the displayed title
 * @param theme the color theme
 * @param maxConnections the maximum number of concurrent clients
 * @param revision a number that clients increment with each change; the service stores it
 * unchanged
 */
record Settings(
		@DefaultValue("Untitled") @NotBlank @Size(max = 100) @Pattern(regexp = "[^\\p{Cc}\\p{Cs}]*",
				message = "must not contain control characters") String title,
		@DefaultValue("SYSTEM") @NotNull Theme theme, @DefaultValue("100") @Min(1) @Max(10_000) int maxConnections,
		@DefaultValue("0") @PositiveOrZero long revision) {
}
