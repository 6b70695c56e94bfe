package io.atomicwrite.sample;

import io.atomicwrite.checksum.Version;
import io.atomicwrite.document.Snapshot;
import jakarta.validation.Valid;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Reads and replaces the settings. The entity tag is the version of their content.
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
		return answer(this.store.read());
	}

	@GetMapping("/state")
	ResponseEntity<SettingsState> state() {
		return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(this.store.state());
	}

	@PutMapping
	ResponseEntity<Settings> put(@Valid @RequestBody Settings settings,
			@RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
			@RequestHeader(name = HttpHeaders.IF_NONE_MATCH, required = false) @Nullable String ifNoneMatch) {
		return answer(write(settings, WriteCondition.of(ifMatch, ifNoneMatch)));
	}

	private Snapshot<Settings> write(Settings settings, WriteCondition condition) {
		if (condition.expected() != null) {
			return this.store.replace(settings, condition.expected());
		}
		return condition.absent() ? this.store.create(settings) : this.store.replace(settings);
	}

	private static ResponseEntity<Settings> answer(Snapshot<Settings> settings) {
		ResponseEntity.BodyBuilder answer = ResponseEntity.ok();
		return (settings.version().equals(Version.none()) ? answer : answer.eTag(settings.version().toString()))
			.body(settings.value());
	}

}
