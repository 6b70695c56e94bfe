package io.atomicwrite.sample;

import java.util.List;

import io.atomicwrite.checksum.Version;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ETag;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/**
 * The precondition of a request that replaces the settings.
 *
 * @param expected the version that the stored settings must have, or {@code null} for any
 * @param absent whether there must be no stored settings
 */
record WriteCondition(@Nullable Version expected, boolean absent) {

	private static final WriteCondition NONE = new WriteCondition(null, false);

	static WriteCondition of(@Nullable String ifMatch, @Nullable String ifNoneMatch) {
		if (ifNoneMatch != null) {
			if (ifMatch != null || !ifNoneMatch.strip().equals("*")) {
				throw refused(HttpStatus.BAD_REQUEST, "If-None-Match must be '*' and can't be combined with If-Match");
			}
			return new WriteCondition(null, true);
		}
		return (ifMatch != null) ? ofTag(ifMatch) : NONE;
	}

	private static WriteCondition ofTag(String ifMatch) {
		List<ETag> tags = ETag.parse(ifMatch);
		if (tags.size() != 1) {
			throw refused(HttpStatus.BAD_REQUEST, "If-Match must be one entity tag in double quotes, or '*'");
		}
		ETag tag = tags.get(0);
		return tag.isWildcard() ? NONE : new WriteCondition(version(tag), false);
	}

	/**
	 * Parses an entity tag. A tag that is not a valid version can't match the settings.
	 */
	private static Version version(ETag tag) {
		try {
			if (!tag.weak()) {
				return Version.parse(tag.tag());
			}
		}
		catch (IllegalArgumentException ex) {
			// treated like an outdated tag
		}
		throw refused(HttpStatus.PRECONDITION_FAILED, "The settings do not have the entity tag " + tag.formattedTag());
	}

	private static ErrorResponseException refused(HttpStatus status, String detail) {
		return new ErrorResponseException(status, ProblemDetail.forStatusAndDetail(status, detail), null);
	}

}
