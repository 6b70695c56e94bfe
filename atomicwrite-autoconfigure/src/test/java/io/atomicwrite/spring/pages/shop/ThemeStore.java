package io.atomicwrite.spring.pages.shop;

import io.atomicwrite.document.AtomicDocument;

import org.springframework.stereotype.Component;

@Component
class ThemeStore {

	private final AtomicDocument<Settings> settings;

	ThemeStore(AtomicDocument<Settings> settings) {
		this.settings = settings;
	}

	void choose(String theme) {
		this.settings.update((old) -> old.withTheme(theme));
	}

}
