package io.atomicwrite.sample;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;

/**
 * What the file holds.
 *
 * @param title the name shown to people
 * @param theme how it looks
 * @param maxConnections how many clients are served at once
 * @param revision a number that clients count up with each change; kept as it is given
 */
record Settings(
		@NotBlank @Size(max = 100) @Pattern(regexp = "[^\\p{Cc}\\p{Cs}]*",
				message = "must not contain control characters") String title,
		@NotNull Theme theme, @Min(1) @Max(10_000) int maxConnections, @PositiveOrZero long revision) {

	static final Settings DEFAULTS = new Settings("Untitled", Theme.SYSTEM, 100, 0);

}
