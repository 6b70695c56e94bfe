package io.atomicwrite.sample;

import java.io.IOException;

import io.atomicwrite.core.OpenFile;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Writes exports and serves them.
 */
@RestController
@RequestMapping("/api/exports/{name}")
class ExportController {

	private static final String NAME = "[a-z0-9][a-z0-9-]{0,63}";

	private static final String NAME_MESSAGE = "must have 1 to 64 characters of a-z, 0-9 and '-', and must not begin with '-'";

	private final ExportStore store;

	ExportController(ExportStore store) {
		this.store = store;
	}

	@PutMapping
	Export put(@PathVariable @Pattern(regexp = NAME, message = NAME_MESSAGE) String name,
			@RequestParam(defaultValue = "1000") @Min(1) @Max(10_000_000) int rows) {
		return this.store.write(name, rows);
	}

	@GetMapping
	void get(@PathVariable @Pattern(regexp = NAME, message = NAME_MESSAGE) String name, HttpServletResponse response)
			throws IOException {
		try (OpenFile file = this.store.open(name)) {
			response.setContentType("text/csv;charset=UTF-8");
			response.setContentLengthLong(file.size());
			file.input().transferTo(response.getOutputStream());
		}
	}

}
