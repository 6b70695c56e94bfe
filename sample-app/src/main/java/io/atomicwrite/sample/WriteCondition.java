package io.atomicwrite.sample;

import java.util.List;

import io.atomicwrite.core.Version;
import org.jspecify.annotations.Nullable;

import org.springframework.http.ETag;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/**
 * What a client demands of the stored settings before they are replaced.
 *
 * @param expected the version they must have, or {@code null} if any will do
 * @param absent whether there must be none
 */
record WriteCondition(@Nullable Version expected, boolean absent) {

	private static final WriteCondition NONE = new WriteCondition(null, false);

	static WriteCondition of(@Nullable String ifMatch, @Nullable String ifNoneMatch) {
		if (ifNoneMatch != null) {
			if (ifMatch != null || !ifNoneMatch.strip().equals("*")) {
				throw refused(HttpStatus.BAD_REQUEST, "If-None-Match is understood as '*' only, and not with If-Match");
			}
			return new WriteCondition(null, true);
		}
		return (ifMatch != null) ? ofTag(ifMatch) : NONE;
	}

	private static WriteCondition ofTag(String ifMatch) {
		List<ETag> tags = ETag.parse(ifMatch);
		if (tags.size() != 1) {
			throw refused(HttpStatus.BAD_REQUEST, "If-Match takes one entity tag in double quotes, or '*'");
		}
		ETag tag = tags.get(0);
		return tag.isWildcard() ? NONE : new WriteCondition(version(tag), false);
	}

	/** A tag that this service never gave out can't be the one of the settings. */
	private static Version version(ETag tag) {
		try {
			if (!tag.weak()) {
				return Version.parse(tag.tag());
			}
		}
		catch (IllegalArgumentException ex) {
			// falls through: the same as a tag that is out of date
		}
		throw refused(HttpStatus.PRECONDITION_FAILED, "The settings do not have the entity tag " + tag.formattedTag());
	}

	private static ErrorResponseException refused(HttpStatus status, String detail) {
		return new ErrorResponseException(status, ProblemDetail.forStatusAndDetail(status, detail), null);
	}

}
