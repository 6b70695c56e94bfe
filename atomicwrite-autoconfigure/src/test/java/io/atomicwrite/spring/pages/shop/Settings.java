package io.atomicwrite.spring.pages.shop;

import org.springframework.boot.context.properties.bind.DefaultValue;

record Settings(@DefaultValue("light") String theme) {

	Settings withTheme(String newTheme) {
		return new Settings(newTheme);
	}

}
