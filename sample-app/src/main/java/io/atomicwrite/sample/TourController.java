package io.atomicwrite.sample;

import java.io.IOException;
import java.util.List;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * What the tour on the start page shows beyond settings and exports. All that changes
 * something takes JSON alone, which no form of another site can send.
 */
@RestController
@RequestMapping("/api/tour")
class TourController {

	private final SettingsHistory history;

	private final VerifiedExport export;

	private final CrashDrill drill;

	TourController(SettingsHistory history, VerifiedExport export, CrashDrill drill) {
		this.history = history;
		this.export = export;
		this.drill = drill;
	}

	@GetMapping("/file")
	SettingsHistory.FileText file() {
		return this.history.text();
	}

	@PutMapping(path = "/file", consumes = MediaType.APPLICATION_JSON_VALUE)
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void overwrite(@Valid @RequestBody Text text) throws IOException {
		this.history.overwrite(text.text());
	}

	@GetMapping("/history")
	List<SettingsHistory.Earlier> history() {
		return this.history.list();
	}

	@PostMapping(path = "/restore", consumes = MediaType.APPLICATION_JSON_VALUE)
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void restore(@Valid @RequestBody Name name) {
		this.history.restore(name.name());
	}

	@PostMapping(path = "/export", consumes = MediaType.APPLICATION_JSON_VALUE)
	Export export(@Valid @RequestBody Rows rows) {
		return this.export.write(rows.rows());
	}

	@GetMapping("/export")
	VerifiedExport.Verification verify() {
		return this.export.verify();
	}

	@PostMapping(path = "/export/damage", consumes = MediaType.APPLICATION_JSON_VALUE)
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void damage() throws IOException {
		this.export.damage();
	}

	@GetMapping("/drill")
	DrillReport drill() {
		return this.drill.report();
	}

	@PostMapping(path = "/drill", consumes = MediaType.APPLICATION_JSON_VALUE)
	@ResponseStatus(HttpStatus.ACCEPTED)
	DrillReport startDrill() {
		return this.drill.start();
	}

	record Text(@NotNull @Size(max = 65_536) String text) {
	}

	record Name(@NotNull @Size(max = 255) String name) {
	}

	record Rows(@Min(1) @Max(1_000_000) int rows) {
	}

}
