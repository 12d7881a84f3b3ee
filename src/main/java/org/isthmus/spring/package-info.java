/**
 * Auto-configuration for Spring Boot 3 and 4, in a jar of its own: isthmus-spring-boot-starter.
 * Nothing else in Isthmus knows Spring.
 */
package org.isthmus.spring;
