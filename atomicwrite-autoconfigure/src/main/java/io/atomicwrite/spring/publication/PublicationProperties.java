package io.atomicwrite.spring.publication;

import java.time.Duration;
import java.time.temporal.ChronoUnit;

import io.atomicwrite.publication.PointerKind;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationPropertiesSource;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationUnit;

/**
 * Properties of a publication. It has a path or a managed directory.
 *
 * @param path Path of the directory of the versions, relative to the base directory if
 * there is one. Its last name is the name of the publication in each manifest.
 * @param directory Name of a managed directory that has the directory of the versions,
 * under the name of the publication.
 * @param pointer How latest shows a version. A directory, which is experimental, needs
 * native calls.
 * @param keep Number of versions to keep, newest first. The others are removed after each
 * new version, except those in use. All are kept by default.
 * @param minAge Minimum age of a version that is removed: programs that follow latest
 * without a lease have that long to finish. Without keep, all that are older are removed
 * except the latest. A number without a unit is in seconds.
 */
@ConfigurationPropertiesSource
public record PublicationProperties(@Nullable String path, @Nullable String directory,
		@DefaultValue("link") PointerKind pointer, @Nullable Integer keep,
		@DurationUnit(ChronoUnit.SECONDS) @Nullable Duration minAge) {
}
