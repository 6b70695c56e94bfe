package io.atomicwrite.spring.housekeeping;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

/**
 * What housekeeping logs during a test, all levels.
 */
final class CapturedLog implements BeforeEachCallback, AfterEachCallback {

	private final Logger logger = (Logger) LoggerFactory.getLogger("io.atomicwrite.spring.housekeeping");

	private final ListAppender<ILoggingEvent> log = new ListAppender<>();

	@Override
	public void beforeEach(ExtensionContext context) {
		this.log.list = new CopyOnWriteArrayList<>();
		this.log.start();
		this.logger.setLevel(Level.DEBUG);
		this.logger.addAppender(this.log);
	}

	@Override
	public void afterEach(ExtensionContext context) {
		this.logger.detachAppender(this.log);
		this.logger.setLevel(null);
	}

	List<String> at(Level level) {
		return Stream.of(this.log.list.toArray(new ILoggingEvent[0]))
			.filter((event) -> event.getLevel() == level)
			.map(ILoggingEvent::getFormattedMessage)
			.toList();
	}

}
