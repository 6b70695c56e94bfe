package io.atomicwrite.sample;

import io.atomicwrite.core.Version;
import jakarta.validation.Valid;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Reads and replaces the settings. The entity tag is the version of the file's content.
 * {@code If-Match} makes a change conditional on that version, and
 * {@code If-None-Match: *} on the absence of the file.
 */
@RestController
@RequestMapping("/api/settings")
class SettingsController {

	private final SettingsStore store;

	SettingsController(SettingsStore store) {
		this.store = store;
	}

	@GetMapping
	ResponseEntity<Settings> get() {
		return this.store.read()
			.map((found) -> answer(found.value(), found.version()))
			.orElseGet(() -> ResponseEntity.ok(Settings.DEFAULTS));
	}

	@PutMapping
	ResponseEntity<Settings> put(@Valid @RequestBody Settings settings,
			@RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
			@RequestHeader(name = HttpHeaders.IF_NONE_MATCH, required = false) @Nullable String ifNoneMatch) {
		return answer(settings, write(settings, WriteCondition.of(ifMatch, ifNoneMatch)));
	}

	private Version write(Settings settings, WriteCondition condition) {
		if (condition.expected() != null) {
			return this.store.replace(settings, condition.expected());
		}
		return condition.absent() ? this.store.create(settings) : this.store.replace(settings);
	}

	private static ResponseEntity<Settings> answer(Settings settings, Version version) {
		return ResponseEntity.ok().eTag(version.toString()).body(settings);
	}

}
