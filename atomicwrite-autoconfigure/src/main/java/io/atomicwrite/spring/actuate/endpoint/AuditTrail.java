package io.atomicwrite.spring.actuate.endpoint;

import java.security.Principal;
import java.util.Map;

import org.springframework.boot.actuate.audit.AuditEvent;
import org.springframework.boot.actuate.audit.listener.AuditApplicationEvent;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.context.ApplicationEventPublisher;

/**
 * Publishes who did what by a write operation, as {@link AuditEvent}s.
 */
final class AuditTrail {

	private final ApplicationEventPublisher events;

	AuditTrail(ApplicationEventPublisher events) {
		this.events = events;
	}

	/**
	 * Publishes an event.
	 * @param context who did it
	 * @param action what was done, such as {@code SWEEP}
	 * @param data to what, and with what result
	 */
	void publish(SecurityContext context, String action, Map<String, Object> data) {
		Principal principal = context.getPrincipal();
		this.events.publishEvent(new AuditApplicationEvent(
				new AuditEvent((principal != null) ? principal.getName() : "", "ATOMICWRITE_" + action, data)));
	}

}
