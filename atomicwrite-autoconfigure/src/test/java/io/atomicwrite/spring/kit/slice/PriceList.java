package io.atomicwrite.spring.kit.slice;

import io.atomicwrite.document.AtomicDocument;
import io.atomicwrite.spring.document.AtomicDocuments;

import org.springframework.stereotype.Component;

/**
 * What the slice tests, once a test imports it.
 */
@Component
class PriceList {

	private final AtomicDocument<Prices> prices;

	PriceList(AtomicDocuments documents) {
		this.prices = documents.open("prices", Prices.class);
	}

	void raise(int apple) {
		this.prices.update((old) -> new Prices(apple));
	}

}
